package chat.weir.functional.replaced;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The use cases of the kzhang chat: all accounts see each other, and chat in pairs. */
class KzhangChatTest {
    private static final String PASSWORD = "correct horse";
    private static final String BOTH = "'users':['alice','bob']";

    @TempDir
    private Path directory;

    private TestServer server;
    private TestApi api;

    @BeforeEach
    void start() {
        server = TestServer.with("DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"), "MESSAGE_RATE", "0");
        api = new TestApi(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Restarts the server on the same database. */
    private void restart() {
        stop();
        start();
    }

    private void register(String... names) {
        for (String name : names) {
            assertEquals(201, api.register(name, PASSWORD).status());
        }
    }

    private TestClient withToken(String token, String name) {
        TestClient client = server.connect("/lobby?heartbeat=pong");
        client.send("{'type':'auth','token':'" + token + "'}");
        client.expectExactly("{'type':'auth','code':200,'message':'Authentication complete','user':'" + name + "'}");
        return client;
    }

    private TestClient loggedIn(String name) {
        return withToken(api.logIn(name, PASSWORD), name);
    }

    /** Makes clients receive presence and typing events from now on. */
    private void watch(TestClient... clients) {
        server.advance(Duration.ofSeconds(2));
        for (TestClient client : clients) {
            client.receivePresenceFromNowOn();
        }
    }

    private static String startPrivateChat(TestClient client, String other) {
        client.send("{'type':'private','user':'" + other + "'}");
        String chat = client.expect("private").get("channel").asString();
        assertTrue(chat.startsWith("@"), chat);
        return chat;
    }

    private static String withChannel(String chat, String envelope) {
        return "{" + envelope + ",'channel':'" + chat + "'}";
    }

    private static void say(TestClient client, String chat, String text) {
        client.send(withChannel(chat, "'type':'message','text':'" + text + "'"));
        assertEquals(text, client.expect("message").get("text").asString());
    }

    @Test
    void registerAndLoginAndSessionsAndUsersSurviveARestart() {
        register("alice");
        assertEquals(409, api.register("alice", "another password").status());
        String token = api.logIn("alice", PASSWORD);
        String ended = api.logIn("alice", PASSWORD);
        assertEquals(
                204, api.send("DELETE", "/api/sessions/current", ended, null).status());
        restart();
        assertEquals(409, api.register("alice", "another password").status());
        TestApi.Answer own = api.send("GET", "/api/accounts/me", token, null);
        assertEquals(200, own.status());
        assertEquals("alice", own.body().get("user").asString());
        assertEquals(401, api.send("GET", "/api/accounts/me", ended, null).status());
        TestClient alice = withToken(token, "alice");
        alice.say("here again");
        assertEquals("alice", alice.expect("message").get("user").asString());
        loggedIn("alice");
    }

    @Test
    void listOfAllUsersAndUpdateUsersAreTheListOfAccountsAndUsers() {
        register("alice", "bob", "carol");
        String token = api.logIn("alice", PASSWORD);
        assertEquals(401, api.send("GET", "/api/accounts", null, null).status());
        assertEquals(List.of("alice away", "bob away", "carol away"), accounts(token));
        TestClient alice = withToken(token, "alice");
        TestClient bob = loggedIn("bob");
        assertEquals(List.of("alice online", "bob online", "carol away"), accounts(token));

        watch(alice, bob);
        for (TestClient client : new TestClient[] {alice, bob}) {
            client.send("{'type':'users','ref':'1'}");
            client.expectExactly("{'type':'users'," + BOTH + ",'count':2,'ref':'1'}");
        }
        loggedIn("carol");
        alice.expect("notification");
        server.advance(Duration.ofSeconds(1));
        alice.expectExactly("{'type':'users','users':['alice','bob','carol'],'count':3}");
        bob.close();
        alice.expectExactly("{'type':'notification','event':'left','user':'bob','text':'bob left'}");
        server.advance(Duration.ofSeconds(1));
        alice.expectExactly("{'type':'users','users':['alice','carol'],'count':2}");
        assertEquals(List.of("alice online", "bob away", "carol online"), accounts(token));
    }

    private List<String> accounts(String token) {
        TestApi.Answer answer = api.send("GET", "/api/accounts", token, null);
        assertEquals(200, answer.status());
        return answer.body()
                .get("accounts")
                .valueStream()
                .map(account ->
                        account.get("user").asString() + (account.get("online").booleanValue() ? " online" : " away"))
                .toList();
    }

    @Test
    void chatHistoryIsPrivateAndHistoryWithBefore() {
        register("alice", "bob", "carol");
        TestClient alice = loggedIn("alice");
        TestClient bob = loggedIn("bob");
        String chat = startPrivateChat(alice, "bob");
        bob.expectExactly("{'type':'private','channel':'" + chat + "'," + BOTH + "}");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            texts.add("text " + i);
            TestClient speaker = i % 2 == 0 ? alice : bob;
            TestClient listener = i % 2 == 0 ? bob : alice;
            say(speaker, chat, "text " + i);
            assertEquals("text " + i, listener.expect("message").get("text").asString());
        }
        assertScrolls(alice, chat, texts);
        bob.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 1);
        assertScrolls(alice, chat, texts);
        alice.close();

        restart();
        TestClient late = loggedIn("bob");
        assertEquals(chat, startPrivateChat(late, "alice"), "the same chat while alice is away");
        assertScrolls(late, chat, texts);
        say(late, chat, "text 25");
        texts.add("text 25");
        TestClient again = loggedIn("alice");
        assertEquals(chat, startPrivateChat(again, "bob"));
        assertScrolls(again, chat, texts);
        TestClient carol = loggedIn("carol");
        carol.send(withChannel(chat, "'type':'history'"));
        carol.expectError(403);
        startPrivateChat(carol, "bob");
        assertFalse(startPrivateChat(carol, "alice").equals(chat), "each pair has its own chat");
    }

    /** Reads the last ten messages, then pages of ten older ones, up to the first. */
    private static void assertScrolls(TestClient client, String chat, List<String> texts) {
        String before = "";
        for (int end = texts.size(); end > 0; end -= 10) {
            client.send(withChannel(chat, "'type':'history'" + before));
            JsonNode page = client.expect("history");
            assertEquals(chat, page.get("channel").asString());
            assertEquals(
                    texts.subList(Math.max(0, end - 10), end),
                    page.get("messages")
                            .valueStream()
                            .map(message -> message.get("text").asString())
                            .toList());
            assertEquals(end > 10, page.has("next"), page::toString);
            before = ",'before':" + page.path("next");
        }
    }

    @Test
    void chatMessageAndTypingAndDoneTypingHaveTheirNames() {
        register("alice", "bob", "carol");
        TestClient alice = loggedIn("alice");
        TestClient bob = loggedIn("bob");
        TestClient carol = loggedIn("carol");
        String chat = startPrivateChat(alice, "bob");
        bob.expect("private");
        watch(carol);
        alice.receivePresenceFromNowOn(chat);
        bob.receivePresenceFromNowOn(chat);
        String typing = withChannel(chat, "'type':'typing','user':'alice'");
        String doneTyping = withChannel(chat, "'type':'doneTyping','user':'alice'");

        alice.send(withChannel(chat, "'type':'message','text':''"));
        alice.expectError(400);
        alice.send(withChannel(chat, "'type':'typing'"));
        bob.expectExactly(typing);
        alice.send(withChannel(chat, "'type':'doneTyping'"));
        bob.expectExactly(doneTyping);

        alice.send(withChannel(chat, "'type':'typing','ref':'1'"));
        alice.expectExactly("{'type':'typing','ref':'1'}");
        bob.expectExactly(typing);
        server.advance(Duration.ofMillis(4_900));
        bob.expectNothing();
        server.advance(Duration.ofMillis(200));
        bob.expectExactly(doneTyping);

        alice.send(withChannel(chat, "'type':'typing'"));
        bob.expectExactly(typing);
        say(alice, chat, "hello");
        bob.expectExactly(doneTyping);
        JsonNode message = bob.expect("message");
        assertEquals("hello", message.get("text").asString());
        assertEquals("alice", message.get("user").asString());
        assertEquals(chat, message.get("channel").asString());
        alice.expectNothing();
        bob.expectNothing();
        carol.expectNothing();
    }
}
