package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Section 8 of the protocol: test mode. */
class TestModeTest {
    private TestServer server = TestServer.with("TEST_MODE", "true");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void resetsTheConnection() {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.send("{'type':'setTestMode','value':true,'ref':'t'}");
        alice.expectExactly("{'type':'setTestMode','ref':'t'}");
        alice.send("{'type':'join','channel':'boats'}");
        alice.await("connection");
        for (int i = 0; i < 20; i++) {
            alice.say("text");
            alice.await("message");
        }
        alice.say("one too many");
        alice.expectError(429);
        alice.send("{'type':'resetSocket','ref':'r'}");
        alice.expectExactly("{'type':'resetSocket','ref':'r'}");
        alice.say("hi");
        alice.expectError(401);
        alice.send("{'type':'message','text':'hi','channel':'boats'}");
        alice.expectError(401);
        server.advance(Duration.ofSeconds(1));
        assertEquals("false", alice.await("heartbeat").get("authenticated").asString());
        alice.identify("alice");
        server.advance(Duration.ofSeconds(6));
        assertEquals("true", alice.await("heartbeat").get("authenticated").asString());
        alice.send("{'type':'message','text':'hi','channel':'boats'}");
        alice.expectError(403);
        alice.say("hi");
        alice.await("message");
        alice.send("{'type':'resetSocket','ref':'r'}");
        alice.expectExactly("{'type':'resetSocket','ref':'r'}");
    }

    @Test
    void requiresTestModeOnTheConnection() {
        TestClient alice = server.connect("/fishing");
        alice.send("{'type':'resetSocket'}");
        alice.expectError(403);
        alice.send("{'type':'setTestMode','value':'true'}");
        alice.expectError(400);
        alice.send("{'type':'setTestMode'}");
        alice.expectError(400);
        alice.send("{'type':'setTestMode','value':true}");
        alice.send("{'type':'setTestMode','value':false}");
        alice.send("{'type':'resetSocket'}");
        alice.expectError(403);
    }

    @Test
    void isRefusedByAServerWithoutTestMode() {
        server.close();
        server = TestServer.start();
        TestClient alice = server.connect("/fishing");
        alice.send("{'type':'setTestMode','value':true}");
        alice.expectError(403);
        alice.send("{'type':'resetSocket'}");
        alice.expectError(403);
    }
}
