package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Texts, names and channel ids in every script, and in the spellings that Unicode has for them. */
class UnicodeTest {
    private static final String KEY = "the-key-of-a-backend-0123456789ab";
    private static final String HINDI = "\u0939\u093f\u0928\u094d\u0926\u0940";

    @TempDir
    private Path directory;

    private final TestServer server = TestServer.with("API_KEYS", KEY);

    @AfterEach
    void stop() {
        server.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static TestApi.Answer listChannels(TestServer where) {
        return new TestApi(where.port()).send("GET", "/api/channels", null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "\u00a0\u3000", "\u200b", "\u2060", "\u3164", "\ufe0f", "\udb40\udc41", "\u0301\u0301"})
    void refusesAnInvisibleText(String text) {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.send("{'type':'message','text':'" + text + "','ref':'7'}");
        JsonNode error = alice.expectError(400);
        assertEquals("empty_text", error.get("reason").asString());
        assertEquals("7", error.get("ref").asString());
        assertEquals(
                400,
                new TestApi(server.port())
                        .send("POST", "/api/channels/fishing/messages", KEY, "{'text':'" + text + "','user':'bot'}")
                        .status());
        alice.say("\u2764\ufe0f");
        assertEquals("\u2764\ufe0f", alice.expect("message").get("text").asString());
    }

    @Test
    void treatsNullAsAbsentAndAcceptsEverySpellingOfAWholeNumber() {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.send("{'type':'message','text':'hi','ref':null,'channel':null}");
        long id = alice.expect("message").get("id").asLong();
        alice.expectNothing();
        alice.send("{'type':'history','before':null,'limit':1e1,'ref':null}");
        assertEquals(1, alice.expect("history").get("messages").size());
        alice.send("{'type':'delete','id':" + id + ".0}");
        assertEquals(id, alice.expect("delete").get("id").asLong());
        alice.send("{'type':'delete','id':" + id + ".5}");
        assertEquals("invalid_value", alice.expectError(400).get("reason").asString());
        alice.send("{'type':'delete','id':1e999999999}");
        assertEquals("invalid_value", alice.expectError(400).get("reason").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"b\u043eb", "\u0391lice", "\u0301bob", "q\u0301\u0302\u0303\u0304"})
    void refusesAnImitatingNameAndExplainsTheRule(String name) {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'identity','user':'" + name + "'}");
        JsonNode answer = client.expect("identity");
        assertEquals("false", answer.get("success").asString());
        assertEquals("invalid", answer.get("reason").asString());
        assertTrue(answer.get("message").asString().contains("Cyrillic"));
        client.send("{'type':'identity','user':'\u0438\u0432\u0430\u043d'}");
        assertEquals("true", client.expect("identity").get("success").asString());
    }

    @Test
    void treatsBothSpellingsAsOneChannel() {
        TestClient alice = server.connectAs("alice", "/" + encoded("caf\u00e9"));
        TestClient bob = server.open("/" + encoded("cafe\u0301") + "?heartbeat=pong");
        assertEquals("caf\u00e9", bob.expect("connection").get("id").asString());
        alice.say("hello");
        alice.expect("message");
        assertEquals("hello", bob.await("message").get("text").asString());
        TestClient carol = server.connect("/" + encoded(HINDI) + "?heartbeat=pong");
        carol.send("{'type':'join','channel':'cafe\u0301'}");
        assertEquals("caf\u00e9", carol.await("connection").get("id").asString());
        carol.send("{'type':'history','channel':'cafe\u0301'}");
        assertEquals("caf\u00e9", carol.await("history").get("channel").asString());
        for (String spelling : new String[] {"caf\u00e9", "cafe\u0301"}) {
            TestApi.Answer messages = new TestApi(server.port())
                    .send("GET", "/api/channels/" + encoded(spelling) + "/messages", null, null);
            assertEquals(1, messages.body().get("messages").size());
        }
    }

    @Test
    void doesNotListAGeneratedIdEvenAfterARestart() {
        String url = "jdbc:sqlite:" + directory.resolve("weir.db");
        String generated;
        try (TestServer before = TestServer.with("DATABASE_URL", url)) {
            TestClient alice = before.open("/?heartbeat=pong");
            generated = alice.expect("connection").get("id").asString();
            alice.identify("alice");
            before.advance(Duration.ofSeconds(6));
            alice.await("heartbeat");
            alice.say("hello");
            alice.await("message");
            TestClient bob = before.connectAs("bob", "/fishingboats");
            bob.say("hello");
            bob.await("message");
            assertListsOnlyTheBoats(before, generated);
        }
        try (TestServer after = TestServer.with("DATABASE_URL", url)) {
            assertListsOnlyTheBoats(after, generated);
        }
    }

    private static void assertListsOnlyTheBoats(TestServer where, String generated) {
        String list = listChannels(where).body().toString();
        assertTrue(list.contains("fishingboats"), list);
        assertFalse(list.contains(generated), list);
    }
}
