package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Section 5 of the protocol: private chats of two users. */
class PrivateChatTest {
    private static final String PASSWORD = "correct horse";

    private TestServer server = TestServer.with("API_KEYS", "0123456789abcdef", "MESSAGE_RATE", "0");

    @AfterEach
    void stop() {
        server.close();
    }

    private TestApi api() {
        return new TestApi(server.port());
    }

    private TestClient account(String name, String path) {
        api().register(name, PASSWORD);
        TestClient client = server.connect(path + "?heartbeat=pong");
        client.send("{'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'}");
        client.await("auth");
        return client;
    }

    /** Starts a chat. @return its id */
    private static String start(TestClient one, String user) {
        one.send("{'type':'private','user':'" + user + "','ref':'p'}");
        JsonNode begun = one.await("private");
        assertEquals("p", begun.get("ref").asString());
        return begun.get("channel").asString();
    }

    private static void say(TestClient client, String chat, String text) {
        client.send("{'type':'message','text':'" + text + "','channel':'" + chat + "','ref':'" + text + "'}");
    }

    private static int join(TestClient client, String chat) {
        client.send("{'type':'join','channel':'" + chat + "'}");
        JsonNode answer = client.next();
        while (answer.get("type").asString().equals("heartbeat")) {
            answer = client.next();
        }
        return answer.path("code").asInt(200);
    }

    @Test
    void sendsMessagesBetweenTwoGuests() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        TestClient carol = server.connectAs("carol", "/fishing");
        String chat = start(alice, "BOB");
        assertTrue(chat.matches("@[0-9a-zA-Z]{22}"), chat);
        bob.expectExactly("{'type':'private','channel':'" + chat + "','users':['alice','bob']}");
        say(alice, chat, "psst");
        JsonNode heard = bob.expect("message");
        assertEquals("psst", heard.get("text").asString());
        assertEquals(chat, heard.get("channel").asString());
        alice.expect("message");
        assertEquals(chat, alice.expect("ack").get("channel").asString());
        say(bob, chat, "yes");
        assertEquals("yes", alice.expect("message").get("text").asString());
        bob.expect("message");
        bob.expect("ack");
        alice.send("{'type':'history','channel':'" + chat + "'}");
        assertEquals(2, alice.expect("history").get("messages").size());
        carol.expectNothing();
        assertEquals(chat, start(bob, "alice"), "the chat of both already exists");
    }

    @Test
    void sendsPresenceAndTyping() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        String chat = start(alice, "bob");
        bob.expect("private");
        bob.send("{'type':'typing','channel':'" + chat + "'}");
        alice.receivingPresence();
        JsonNode envelope = alice.next();
        while (!envelope.get("type").asString().equals("typing")) {
            envelope = alice.next();
        }
        assertEquals(chat, envelope.get("channel").asString());
        bob.send("{'type':'users','channel':'" + chat + "','ref':'u'}");
        bob.expectExactly("{'type':'users','users':['alice','bob'],'count':2,'ref':'u','channel':'" + chat + "'}");
    }

    @Test
    void endsWhenBothGuestsHaveLeft() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        String chat = start(alice, "bob");
        bob.expect("private");
        say(alice, chat, "psst");
        bob.expect("message");
        alice.expect("message");
        alice.expect("ack");
        alice.send("{'type':'leave','channel':'" + chat + "'}");
        alice.expect("leave");
        assertEquals(200, join(alice, chat), "bob is still in the chat");
        alice.send("{'type':'history','channel':'" + chat + "'}");
        assertEquals(1, alice.expect("history").get("messages").size());
        alice.send("{'type':'leave','channel':'" + chat + "'}");
        alice.expect("leave");
        bob.send("{'type':'leave','channel':'" + chat + "'}");
        bob.expect("leave");
        assertEquals(403, join(alice, chat));
        assertEquals(403, join(bob, chat));
        String another = start(bob, "alice");
        alice.expect("private");
        assertNotEquals(chat, another);
        bob.send("{'type':'history','channel':'" + another + "'}");
        assertEquals(0, bob.expect("history").get("messages").size());
    }

    @Test
    void readmitsAUserWhoResumes() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        bob.send("{'type':'identity','user':'bob'}");
        String secret = bob.expect("identity").get("resume").asString();
        server.advance(Duration.ofSeconds(6));
        bob.await("heartbeat");
        String chat = start(alice, "bob");
        bob.await("private");
        bob.close();
        TestClient again = server.connect("/fishing?heartbeat=pong");
        Awaitility.await().until(() -> {
            again.send("{'type':'identity','user':'bob','resume':'" + secret + "'}");
            return again.await("identity").get("success").asString().equals("true");
        });
        assertEquals(200, join(again, chat));
        say(again, chat, "back");
        assertEquals("back", alice.expect("message").get("text").asString());
    }

    @Test
    void survivesARenameOfAGuest() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        String chat = start(alice, "bob");
        bob.expect("private");
        bob.identify("rob");
        assertEquals(chat, start(alice, "rob"));
        bob.expectExactly("{'type':'private','channel':'" + chat + "','users':['alice','rob']}");
        TestClient other = server.connectAs("bob", "/fishing");
        alice.expectNothing();
        assertNotEquals(chat, start(alice, "bob"), "the new bob is a different user");
        other.await("private");
        assertEquals(403, join(other, chat));
    }

    @Test
    void isPermanentForTwoAccounts(@TempDir Path dir) {
        server.close();
        String url = "jdbc:sqlite:" + dir.resolve("weir.db");
        server = TestServer.with("DATABASE_URL", url);
        TestClient alice = account("alice", "/fishing");
        TestClient bob = account("bob", "/boats");
        String chat = start(alice, "bob");
        bob.await("private");
        bob.close();
        say(alice, chat, "are you there?");
        alice.await("message");
        server.close();
        server = TestServer.with("DATABASE_URL", url);
        TestClient back = account("bob", "/lakes");
        assertEquals(chat, start(back, "alice"), "the same chat while alice is away");
        back.send("{'type':'history','channel':'" + chat + "'}");
        JsonNode history = back.await("history");
        assertEquals(
                "are you there?", history.get("messages").get(0).get("text").asString());
        back.send("{'type':'leave','channel':'" + chat + "'}");
        back.await("leave");
        assertEquals(200, join(back, chat), "an empty chat of two accounts continues to exist");
        String token = api().logIn("alice", PASSWORD);
        assertEquals(
                1,
                api().send("GET", path(chat, "messages"), token, null)
                        .body()
                        .get("messages")
                        .size());
    }

    private static String path(String chat, String what) {
        return "/api/channels/" + chat.replace("@", "%40") + "/" + what;
    }

    @Test
    void includesAllConnectionsOfBothAccounts() {
        TestClient alice = account("alice", "/fishing");
        TestClient second = account("alice", "/boats");
        TestClient bob = account("bob", "/lakes");
        TestClient bobInLakes = account("bob", "/lakes");
        String chat = start(alice, "bob");
        second.await("private");
        bob.await("private");
        bobInLakes.await("private");
        say(second, chat, "hi");
        alice.await("message");
        bob.await("message");
        bobInLakes.await("message");
    }

    @Test
    void refusesThirdUsers() {
        TestClient alice = account("alice", "/fishing");
        TestClient bob = account("bob", "/fishing");
        TestClient eve = account("eve", "/fishing");
        TestClient guest = server.connectAs("mallory", "/fishing");
        server.advance(Duration.ofSeconds(1));
        String chat = start(alice, "bob");
        bob.await("private");
        say(alice, chat, "psst");
        bob.await("message");
        eve.await("heartbeat");
        // The replies must not reveal whether an id exists.
        assertEquals(refusals(eve, chat), refusals(eve, "@1-2"));
        assertEquals(refusals(eve, chat), refusals(eve, "@nobody"));
        assertEquals(refusals(guest, chat), refusals(guest, "@1-2"));
        assertTrue(refusals(eve, chat).contains("403") && !refusals(eve, chat).contains("200"));
        eve.expectNothing();
    }

    private static String refusals(TestClient client, String chat) {
        StringBuilder answers = new StringBuilder();
        for (String type : new String[] {"join", "history", "message", "typing", "users", "leave", "delete"}) {
            client.send("{'type':'" + type + "','channel':'" + chat + "','text':'hi','id':1}");
            JsonNode error = client.expect("error");
            answers.append(error.get("code"))
                    .append(error.get("message").asString().replace(chat, "ID"))
                    .append('\n');
        }
        return answers.toString();
    }

    @Test
    void isNotAccessibleByHttp() {
        TestClient alice = account("alice", "/fishing");
        account("eve", "/fishing");
        TestClient bob = account("bob", "/fishing");
        String chat = start(alice, "bob");
        bob.await("private");
        say(alice, chat, "psst");
        alice.await("message");
        String eve = api().logIn("eve", PASSWORD);
        for (String what : new String[] {"messages", "users"}) {
            TestApi.Answer there = api().send("GET", path(chat, what), eve, null);
            TestApi.Answer nowhere = api().send("GET", path("@1-2", what), eve, null);
            assertEquals(403, there.status());
            assertEquals(403, nowhere.status());
            assertEquals(there.body().get("detail"), nowhere.body().get("detail"));
            assertEquals(403, api().send("GET", path(chat, what), null, null).status());
        }
        assertEquals(
                403,
                api().send("POST", path(chat, "messages"), "0123456789abcdef", "{'text':'hi','user':'bot'}")
                        .status());
        JsonNode listed = api().send("GET", "/api/channels", null, null).body();
        assertFalse(listed.toString().contains("@"), listed::toString);
        assertEquals(
                2,
                api().send("GET", path(chat, "users"), api().logIn("bob", PASSWORD), null)
                        .body()
                        .get("count")
                        .asInt());
    }

    @Test
    void isLeftAtTheLogout() {
        TestClient alice = account("alice", "/fishing");
        TestClient bob = account("bob", "/fishing");
        String chat = start(alice, "bob");
        bob.await("private");
        bob.send("{'type':'logout'}");
        List<String> answers = List.of(answer(bob), answer(bob));
        assertEquals(Set.of("logout", "leave " + chat), Set.copyOf(answers));
        say(alice, chat, "psst");
        alice.await("message");
        bob.expectNothing();
        assertEquals(403, join(bob, chat));
    }

    @Test
    void isLeftByAGuestAtTheLogin() {
        api().register("bobby", PASSWORD);
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        String chat = start(alice, "bob");
        bob.expect("private");
        bob.send("{'type':'auth','username':'bobby','password':'" + PASSWORD + "'}");
        // They are sent through two channels, in any order.
        List<String> answers = List.of(answer(bob), answer(bob));
        assertEquals(Set.of("auth", "leave " + chat), Set.copyOf(answers));
        assertEquals(403, join(bob, chat));
    }

    @Test
    void isKeptByAGuestWhoLogsInToTheOtherUsersAccount() {
        TestClient bobby = account("bobby", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        String chat = start(bob, "bobby");
        bobby.await("private");
        bob.send("{'type':'auth','username':'bobby','password':'" + PASSWORD + "'}");
        assertEquals("auth", answer(bob));
        bob.send("{'type':'users','channel':'" + chat + "','ref':'u'}");
        bob.expectExactly("{'type':'users','users':['bobby'],'count':1,'ref':'u','channel':'" + chat + "'}");
        say(bobby, chat, "just me");
        assertEquals(chat, bob.await("message").get("channel").asString());
    }

    private static String answer(TestClient client) {
        JsonNode envelope = client.next();
        return envelope.get("type").asString()
                + (envelope.has("channel") ? " " + envelope.get("channel").asString() : "");
    }

    @Test
    void requiresAPresentUser() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient far = server.connectAs("far", "/boats");
        alice.send("{'type':'private','user':'nobody'}");
        alice.expectError(404);
        alice.send("{'type':'private','user':'far'}");
        alice.expectError(404);
        alice.send("{'type':'private','user':'  '}");
        alice.expectError(404);
        alice.send("{'type':'private','user':'alice'}");
        alice.expectError(403);
        api().register("away", PASSWORD);
        alice.send("{'type':'private','user':'away'}");
        alice.expectError(404);
        alice.send("{'type':'private'}");
        alice.expectError(400);
        TestClient nobody = server.connect("/fishing");
        nobody.send("{'type':'private','user':'alice'}");
        nobody.expectError(401);
        alice.send("{'type':'join','channel':'boats'}");
        alice.await("connection");
        alice.send("{'type':'private','user':'far','channel':'boats'}");
        String chat = alice.await("private").get("channel").asString();
        assertEquals(chat, far.await("private").get("channel").asString());
    }

    @Test
    void leavesTheClientRoomForOtherChannels() {
        server.close();
        server = TestServer.with("MAX_CHANNELS_PER_CONNECTION", "4");
        TestClient bob = server.connectAs("bob", "/fishing");
        String last = "";
        for (String name : new String[] {"one", "two", "three"}) {
            TestClient one = server.connectAs(name, "/fishing");
            last = start(one, "bob");
            assertEquals(last, bob.await("private").get("channel").asString());
        }
        say(bob, last, "hi");
        bob.expectError(403);
        bob.send("{'type':'join','channel':'boats'}");
        bob.await("connection");
        assertEquals(200, join(bob, last), "bob can still join it");
        assertEquals(429, join(bob, "lakes"));
    }

    @Test
    void isRefusedAsTheChannelOfAUrl() {
        TestClient client = server.open("/@1-2");
        client.expectError(400);
        client.expectClose(1008);
    }
}
