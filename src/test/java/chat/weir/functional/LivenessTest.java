package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Section 1 of the protocol: heartbeats, the identity grace and silent connections, with simulated time. */
class LivenessTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestServer server = TestServer.with("HEARTBEAT_TIMEOUT", "5s");

    @AfterEach
    void stop() {
        server.close();
    }

    /** Maintenance of all channels and the encoding of long lists must not delay heartbeats or deadlines. */
    @Test
    void sendsHeartbeatsAndKeepsDeadlinesWhileMaintenanceHangs() {
        try (TestServer hanging = TestServer.start();
                RawSocket silent = RawSocket.connect(hanging.port())) {
            hanging.hangMaintenance();
            TestClient client = hanging.open("/fishing");
            client.expect("connection");
            Awaitility.await().until(() -> hanging.weirServer().socketCount() == 2);
            hanging.advance(Duration.ofSeconds(11));
            client.expect("heartbeat");
            assertTrue(silent.readAll().startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void sendsAHeartbeatEverySecondWithTheStateAsAString() {
        TestClient client = server.connect("/fishing");
        for (int i = 0; i < 3; i++) {
            server.advance(SECOND);
            client.expectExactly("{'type':'heartbeat','authenticated':'false'}");
        }
        client.expectNothing();
    }

    @Test
    void authenticatesAtTheFirstHeartbeatAfterTheGrace() {
        TestClient client = server.connect("/fishing");
        client.identify("fishing_beast_5000");
        for (int beat = 1; beat <= 6; beat++) {
            client.heartbeat();
            client.expectNothing();
            server.advance(SECOND);
            String expected = beat < 6 ? "false" : "true";
            assertEquals(
                    expected, client.expect("heartbeat").get("authenticated").asString(), "beat " + beat);
        }
    }

    @Test
    void doesNotAuthenticateBeforeTheGraceEnds() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        server.advance(Duration.ofMillis(500));
        client.send("{'type':'identity','user':'bob'}");
        client.await("identity");
        server.advance(Duration.ofSeconds(3));
        client.heartbeat();
        client.expectNothing();
        server.advance(Duration.ofMillis(1_980));
        client.expectNothing();
        client.say("early");
        client.expectError(401);
        server.advance(SECOND);
        assertEquals("true", client.expect("heartbeat").get("authenticated").asString());
    }

    @Test
    void makesASilentConnectionAnonymousAndFreesItsName() {
        TestClient client = server.connect("/fishing");
        client.send("{'type':'identity','user':'bob'}");
        client.await("identity");
        // Answers for a while, then stops.
        for (int i = 0; i < 6; i++) {
            client.send("{'type':'heartbeat','ref':'x'}");
            client.await("heartbeat");
            server.advance(SECOND);
            client.await("heartbeat");
        }
        server.advance(Duration.ofSeconds(3));
        TestClient other = server.connect("/fishing?heartbeat=pong");
        other.send("{'type':'identity','user':'bob'}");
        assertEquals("false", other.expect("identity").get("success").asString());
        server.advance(SECOND.multipliedBy(2));
        other.send("{'type':'identity','user':'bob'}");
        assertEquals("true", other.expect("identity").get("success").asString());
        for (int i = 0; i < 4; i++) {
            assertEquals("true", client.expect("heartbeat").get("authenticated").asString());
        }
        assertEquals("false", client.expect("heartbeat").get("authenticated").asString());
        client.say("who am I");
        assertTrue(client.expectError(401).get("message").asString().startsWith("you have lost your name"));
        client.heartbeat();
        awaitName(client, "bobby");
    }

    @Test
    void doesNotCountItsOwnSuspensionAsSilence() {
        TestClient bob = server.connect("/fishing");
        bob.identify("bob");
        server.advance(Duration.ofSeconds(3));
        bob.heartbeatAndAwaitReply();
        server.advance(Duration.ofSeconds(3));
        bob.heartbeatAndAwaitReply();
        server.time().standStill(Duration.ofSeconds(30));
        server.advance(Duration.ofMillis(4_900));
        bob.say("still bob");
        assertEquals("bob", bob.await("message").get("user").asString());
        server.advance(Duration.ofMillis(1_200));
        bob.say("nobody");
        bob.expectError(401);
    }

    @Test
    void doesNotSendMissedHeartbeats() {
        TestClient client = server.connect("/fishing");
        server.time().standStill(Duration.ofSeconds(30));
        server.advance(Duration.ofMillis(900));
        client.expect("heartbeat");
        client.expectNothing();
    }

    @Test
    void sendsHeartbeatsAfterAFault() {
        TestClient client = server.connect("/fishing");
        server.time().failOnce(new StackOverflowError("a test"));
        server.advance(SECOND.multipliedBy(3));
        client.expect("heartbeat");
        client.expect("heartbeat");
    }

    @Test
    void countsSilenceFromTheConnectionStart() {
        TestClient client = server.connect("/fishing");
        server.advance(Duration.ofMillis(4_500));
        client.identify("bob");
        server.advance(SECOND);
        TestClient other = server.connect("/fishing?heartbeat=pong");
        awaitName(other, "bob");
    }

    @Test
    void countsPongsAsHeartbeatsOnRequest() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'identity','user':'bob'}");
        client.expect("identity");
        for (int i = 0; i < 5; i++) {
            server.advance(SECOND);
            WireFrame ping = client.socket().readFrame();
            assertEquals(WireFrame.PING, ping.opcode(), ping::toString);
            client.socket().send(new WireFrame(true, WireFrame.PONG, ping.payload()).masked());
            client.expectNothing();
        }
        server.advance(SECOND);
        assertEquals("true", client.expect("heartbeat").get("authenticated").asString());
        server.advance(SECOND);
        client.expectNothing();
    }

    @Test
    void doesNotCountPongsAsHeartbeatsOtherwise() {
        TestClient client = server.connect("/fishing");
        client.send("{'type':'identity','user':'bob'}");
        client.await("identity");
        for (int i = 0; i < 7; i++) {
            client.socket().send(new WireFrame(true, WireFrame.PONG, new byte[0]).masked());
            server.advance(SECOND);
            assertEquals(
                    "false", client.expect("heartbeat").get("authenticated").asString());
        }
    }

    private static void awaitName(TestClient client, String name) {
        // The name is free when the server has processed the disconnect.
        Awaitility.await().until(() -> {
            client.send("{'type':'identity','user':'" + name + "'}");
            return client.await("identity").get("success").asString().equals("true");
        });
    }
}
