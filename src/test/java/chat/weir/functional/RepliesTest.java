package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Section 2 of the protocol: errors, replies, acknowledgements; and the ids of section 3. */
class RepliesTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | not JSON",
                "'' | JSON object",
                "[] | JSON object",
                "7 | JSON object",
                "{'type':'heartbeat'} {} | one JSON object",
                "{'type':'heartbeat' | not JSON",
                "{} | type is missing",
                "{'type':null} | type is missing",
                "{'type':7} | type must be a string",
                "{'type':'shout'} | unknown type",
                "{'type':'message'} | text is missing",
                "{'type':'message','text':7} | text must be a string",
                "{'type':'message','text':{'a':1}} | text must be a string",
                "{'type':'identity'} | user is missing",
                "{'type':'identity','user':true} | user must be a string",
                "{'type':'message','text':'\\ud800'} | surrogate",
                "{'type':'heartbeat','ref':7} | ref must be a string",
            })
    void explainsAnErrorAndKeepsTheConnection(String json, String message) {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send(json);
        JsonNode error = client.expectError(400);
        assertTrue(error.get("message").asString().contains(message), error::toString);
        client.expectNothing();
    }

    @Test
    void limitsARefTo64Characters() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'heartbeat','ref':'" + "r".repeat(64) + "'}");
        assertEquals("r".repeat(64), client.expect("heartbeat").get("ref").asString());
        client.send("{'type':'heartbeat','ref':'" + "r".repeat(65) + "'}");
        assertFalse(client.expectError(400).has("ref"));
    }

    @Test
    void repeatsTheRefInErrors() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'message','ref':'7'}");
        client.expectExactly(
                "{'type':'error','code':400,'reason':'missing_field','message':'text is missing','ref':'7'}");
        client.send("{'ref':'8','type':'message','text':'x'}");
        assertEquals("8", client.expectError(401).get("ref").asString());
        client.send("{'ref':'9','type':'identity','user':'?'}");
        assertEquals("9", client.expect("identity").get("ref").asString());
    }

    @Test
    void ignoresUnknownFields() {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.send("{'x':{'type':'y','deep':[[[1,{}]]]},'type':'message','id':1e400,'text':'hi','user':'bob'}");
        JsonNode message = alice.expect("message");
        assertEquals("hi", message.get("text").asString());
        assertEquals("alice", message.get("user").asString());
    }

    @Test
    void acknowledgesAfterTheMessage() {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.send("{'type':'message','text':'hi','ref':'7'}");
        JsonNode message = alice.expect("message");
        alice.expectExactly("{'type':'ack','ref':'7','id':" + message.get("id").asLong() + ",'timestamp':"
                + message.get("timestamp").asLong() + "}");
    }

    /** Takes or resumes the name alice. @return the secret */
    private String named(TestClient client, String secret) {
        client.send("{'type':'identity','user':'alice'" + (secret.isEmpty() ? "" : ",'resume':'" + secret + "'") + "}");
        String next = client.expect("identity").get("resume").asString();
        server.advance(Duration.ofSeconds(6));
        client.await("heartbeat");
        return next;
    }

    @Test
    void publishesARefOnceEvenOnALaterConnection() {
        TestClient listener = server.connect("/fishing?heartbeat=pong");
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        String secret = named(alice, "");
        alice.send("{'type':'message','text':'once','ref':'7'}");
        alice.expect("message");
        JsonNode ack = alice.expect("ack");
        alice.send("{'type':'message','text':'once','ref':'7'}");
        assertEquals(ack, alice.expect("ack"));
        alice.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 1);
        TestClient again = server.connect("/fishing?heartbeat=pong");
        String unused = named(again, secret);
        again.send("{'type':'message','text':'once','ref':'7'}");
        assertEquals(ack, again.expect("ack"));
        listener.expect("message");
        listener.expectNothing();
    }

    @Test
    void remembersARefOfAnEmptyChannelForAWhile() {
        TestClient alice = server.connect("/fishing?heartbeat=pong");
        String secret = named(alice, "");
        alice.send("{'type':'message','text':'once','ref':'7'}");
        alice.expect("message");
        JsonNode ack = alice.expect("ack");
        alice.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 0);
        assertEquals(1, server.weirServer().channelCount());
        TestClient again = server.connect("/fishing?heartbeat=pong");
        String unused = named(again, secret);
        again.send("{'type':'message','text':'once','ref':'7'}");
        assertEquals(ack, again.expect("ack"));
        again.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 0);
        server.advance(Duration.ofMinutes(6));
        assertEquals(0, server.weirServer().channelCount());
        TestClient later = server.connectAs("alice", "/fishing");
        later.send("{'type':'message','text':'twice','ref':'7'}");
        assertEquals("twice", later.expect("message").get("text").asString());
    }

    @Test
    void separatesTheRefsOfDifferentNames() {
        TestClient alice = server.connectAs("alice", "/fishing");
        TestClient bob = server.connectAs("bob", "/fishing");
        alice.send("{'type':'message','text':'a','ref':'7'}");
        assertEquals("a", bob.expect("message").get("text").asString());
        bob.send("{'type':'message','text':'b','ref':'7'}");
        assertEquals("b", bob.expect("message").get("text").asString());
    }

    @Test
    void assignsIncreasingIdsIfTheClockIsSetBack() {
        TestClient alice = server.connectAs("alice", "/fishing");
        long last = 0;
        for (int i = 0; i < 5; i++) {
            alice.say("message " + i);
            long id = alice.expect("message").get("id").asLong();
            assertTrue(id > last, last + " then " + id);
            last = id;
            server.time().stepClock(Duration.ofHours(-1));
        }
    }

    @Test
    void refusesEmptyAndOverlongTexts() {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.say("");
        alice.expectError(400);
        alice.say("\ud83c\udfa3".repeat(4096));
        assertEquals(8192, alice.expect("message").get("text").asString().length());
        alice.say("x".repeat(4097));
        JsonNode error = alice.expectError(413);
        assertTrue(error.get("message").asString().contains("4096"), error::toString);
    }
}
