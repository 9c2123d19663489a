package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Section 10 of the protocol: deleting an account, and its messages with it. */
class AccountDeletionTest {
    private static final String PASSWORD = "correct horse";
    private static final Duration A_ROUND = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private TestServer server;
    /** The same text with the same ref would be the same message. */
    private int said;

    private void start(boolean isStored) {
        server = TestServer.with(
                "DATABASE_URL", isStored ? "jdbc:sqlite:" + directory.resolve("weir.db") : "none", "MESSAGE_RATE", "0");
    }

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

    private List<Long> say(TestClient client, int count) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(client.ask("'type':'message','text':'text " + said++ + "'")
                    .get("id")
                    .asLong());
        }
        return ids;
    }

    private void deleteAccount(String name, String query) {
        String token = api().logIn(name, PASSWORD);
        assertEquals(
                204,
                api().send("DELETE", "/api/accounts/me" + query, token, null).status());
    }

    private List<Long> history(String channel) {
        JsonNode page = api().send("GET", "/api/channels/" + channel + "/messages?limit=100", null, null)
                .body();
        List<Long> ids = new ArrayList<>();
        page.get("messages").forEach(message -> ids.add(message.get("id").asLong()));
        return ids;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletesTheMessagesAsTheAuthorWould(boolean isStored) {
        start(isStored);
        TestClient bob = server.connectAs("bob", "/fishing");
        List<Long> kept = say(bob, 2);
        TestClient alice = account("alice", "/fishing");
        List<Long> deleted = say(alice, 60);
        TestClient elsewhere = account("alice", "/boats");
        say(elsewhere, 3);
        kept.addAll(say(bob, 1));
        deleteAccount("alice", "?messages=delete");
        server.advance(A_ROUND);
        long last = kept.get(2);
        for (long id : deleted) {
            JsonNode event = bob.await("delete");
            assertEquals(id, event.get("id").asLong());
            assertEquals("alice", event.get("user").asString());
            assertTrue(event.get("seq").asLong() > last, event::toString);
            last = event.get("seq").asLong();
        }
        assertEquals(kept, history("fishing"));
        await().until(() -> history("boats").isEmpty());
        TestClient back = server.open("/fishing?heartbeat=pong&since=" + kept.get(2));
        back.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        assertEquals(deleted.get(0), back.expect("delete").get("id").asLong());
    }

    @Test
    void deletesTheMessagesOfPrivateChats() {
        start(true);
        TestClient bob = account("bob", "/fishing");
        TestClient alice = account("alice", "/fishing");
        alice.send("{'type':'private','user':'bob'}");
        String chat = bob.await("private").get("channel").asString();
        alice.await("private");
        long own = alice.ask("'type':'message','channel':'" + chat + "','text':'hi'")
                .get("id")
                .asLong();
        bob.ask("'type':'message','channel':'" + chat + "','text':'hello'");
        deleteAccount("alice", "?messages=delete");
        server.advance(A_ROUND);
        JsonNode event = bob.await("delete");
        assertEquals(own, event.get("id").asLong());
        assertEquals(chat, event.get("channel").asString());
        JsonNode page = bob.ask("'type':'history','channel':'" + chat + "'");
        assertEquals(1, page.get("messages").size(), page::toString);
    }

    @Test
    void continuesAfterARestart() {
        start(true);
        TestClient alice = account("alice", "/fishing");
        say(alice, 120);
        deleteAccount("alice", "?messages=delete");
        server.close();
        start(true);
        assertEquals(100, history("fishing").size());
        // The time of the new server begins anew.
        server.advance(A_ROUND);
        await().until(() -> history("fishing").isEmpty());
        assertEquals(201, api().register("alice", PASSWORD).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?messages=keep"})
    void keepsTheMessagesByDefault(String query) {
        start(true);
        TestClient alice = account("alice", "/fishing");
        List<Long> ids = say(alice, 3);
        deleteAccount("alice", query);
        server.advance(A_ROUND);
        await().during(Duration.ofMillis(200)).until(() -> history("fishing").equals(ids));
    }

    /** They have the name, but not the account. */
    @Test
    void keepsTheMessagesOfOthersWithTheName() {
        start(true);
        TestClient guest = server.connectAs("alice", "/fishing");
        List<Long> kept = say(guest, 2);
        guest.close();
        await().until(() -> server.weirServer().connectionCount() == 0);
        TestClient alice = account("alice", "/fishing");
        say(alice, 1);
        deleteAccount("alice", "?messages=delete");
        TestClient next = account("alice", "/fishing");
        kept.addAll(say(next, 1));
        server.advance(A_ROUND);
        next.await("delete");
        assertEquals(kept, history("fishing"));
    }
}
