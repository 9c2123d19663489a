package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 4 of the protocol: other users are notified of every action, even if it costs the user their name. */
class OwnEventsTest {
    private static final String LEFT = "{'type':'notification','event':'left','user':'alice','text':'alice left'}";
    private static final String DONE_TYPING = "{'type':'doneTyping','user':'alice'}";

    private final TestServer server = TestServer.with("HEARTBEAT_TIMEOUT", "8s");
    private final TestClient alice = server.connectAs("alice", "/fishing");
    private final TestClient bob = server.connect("/fishing?heartbeat=pong");

    @BeforeEach
    void receivePresence() {
        server.advance(Duration.ofSeconds(1));
        for (TestClient client : new TestClient[] {alice, bob}) {
            client.receivePresenceFromNowOn();
        }
        alice.send("{'type':'typing'}");
        bob.expectExactly("{'type':'typing','user':'alice'}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void areNotSentToAUserWhoLogsOut() {
        alice.send("{'type':'logout'}");
        bob.expectExactly(DONE_TYPING);
        bob.expectExactly(LEFT);
        alice.expectExactly("{'type':'logout'}");
        alice.expectNothing();
    }

    @Test
    void areNotSentToAUserWhoBecomesSilent() {
        server.advance(Duration.ofSeconds(10));
        bob.expectExactly(DONE_TYPING);
        bob.expectExactly(LEFT);
        assertEquals("users", bob.next().get("type").asString());
        assertEquals("heartbeat", alice.next().get("type").asString());
        alice.expectExactly("{'type':'users','users':[],'count':0}");
        alice.expectNothing();
    }

    @Test
    void areNotSentToAUserWhoRenames() {
        alice.identify("alicia");
        bob.expectExactly(DONE_TYPING);
        assertEquals("renamed", bob.expect("notification").get("event").asString());
        alice.expectNothing();
    }
}
