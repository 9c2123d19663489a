package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 4 of the protocol: what becomes of somebody, the others hear, and he does not. */
class OwnNewsTest {
    private final TestServer server = TestServer.with("HEARTBEAT_TIMEOUT", "8s");

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient named(String name) {
        TestClient client = server.connect("/fishing").seeingCompany();
        client.identify(name);
        client.heartbeatUntilHeard();
        server.advance(Duration.ofSeconds(6));
        client.heartbeatUntilHeard();
        return client;
    }

    /** All that a client is told until the answer to what it sends now, but for heartbeats and lists. */
    private static String told(TestClient client) {
        client.send("{'type':'ping','ref':'the last'}");
        StringBuilder told = new StringBuilder();
        JsonNode envelope = client.next();
        while (!envelope.path("ref").asString("").equals("the last")) {
            String type = envelope.get("type").asString();
            if (!type.equals("heartbeat") && !type.equals("users")) {
                told.append(type)
                        .append(' ')
                        .append(envelope.path("event").asString(""))
                        .append(envelope.path("user").asString(""))
                        .append(';');
            }
            envelope = client.next();
        }
        return told.toString();
    }

    @Test
    void whoLogsOutAsHeTypesHearsNothingOfHimself() {
        TestClient bob = named("bob");
        TestClient witness = server.connect("/fishing").seeingCompany();
        bob.send("{'type':'typing'}");
        bob.send("{'type':'logout'}");
        assertEquals("logout ;", told(bob));
        assertEquals("typing bob;doneTyping bob;notification leftbob;", told(witness));
    }

    @Test
    void whoFallsSilentHearsNothingOfHimself() {
        TestClient bob = named("bob");
        TestClient witness = server.connect("/fishing").seeingCompany();
        server.advance(Duration.ofSeconds(9));
        assertEquals("", told(bob));
        assertEquals("notification leftbob;", told(witness));
    }

    @Test
    void whoTakesAnotherNameAsHeTypesHearsNothingOfHimself() {
        TestClient bob = named("bob");
        TestClient witness = server.connect("/fishing").seeingCompany();
        bob.send("{'type':'typing'}");
        bob.send("{'type':'identity','user':'robert'}");
        assertEquals("identity ;", told(bob));
        assertEquals("typing bob;doneTyping bob;notification renamedrobert;", told(witness));
    }
}
