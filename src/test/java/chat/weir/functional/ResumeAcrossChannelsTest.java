package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sections 3 and 5 of the protocol: a user who resumes a name is the same person in all channels. */
class ResumeAcrossChannelsTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private record NamedClient(TestClient client, String secret) {}

    private NamedClient bob() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'identity','user':'bob'}");
        String secret = client.await("identity").get("resume").asString();
        server.advance(Duration.ofSeconds(6));
        client.await("heartbeat");
        return new NamedClient(client, secret);
    }

    private static void resume(TestClient bob, NamedClient before) {
        bob.send("{'type':'identity','user':'bob','resume':'" + before.secret() + "'}");
        assertEquals("true", bob.await("identity").get("success").asString());
        before.client().expectClose(4501);
    }

    @Test
    void isReachableInPrivateFromAChannelJoinedBeforeTheResume() {
        TestClient alice = server.connectAs("alice", "/boats");
        NamedClient before = bob();
        TestClient bob = server.connect("/fishing?heartbeat=pong");
        bob.send("{'type':'join','channel':'boats'}");
        bob.await("connection");
        resume(bob, before);
        alice.send("{'type':'private','user':'bob'}");
        JsonNode chat = alice.await("private");
        assertEquals(chat.get("channel"), bob.await("private").get("channel"));
    }

    @Test
    void stopsTypingOnTheReplacedConnection() {
        NamedClient before = bob();
        TestClient observer = server.connect("/fishing").receivingPresence();
        before.client().send("{'type':'typing'}");
        observer.expect("typing");
        resume(server.connect("/fishing?heartbeat=pong"), before);
        observer.expectExactly("{'type':'doneTyping','user':'bob'}");
        observer.expectNothing();
    }
}
