package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send nothing, or send or read slowly, do not delay the requests of others. */
class SlowHttpClientsTest {
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final TestServer server = TestServer.start();
    private final List<RawSocket> attackers = new ArrayList<>();
    private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    private TestClient alice;
    private TestClient bob;

    @BeforeEach
    void join() {
        alice = server.connectAs("alice", "/fishing");
        bob = server.connectAs("bob", "/fishing");
    }

    @AfterEach
    void stop() {
        drip.shutdownNow();
        attackers.forEach(RawSocket::close);
        server.close();
    }

    private void attack(int count, String beginning) {
        int before = server.weirServer().socketCount();
        for (int i = 0; i < count; i++) {
            RawSocket socket = RawSocket.connect(server.port(), 1_024, "127.0.0.1");
            socket.send(beginning);
            attackers.add(socket);
        }
        await().until(() -> server.weirServer().socketCount() == before + count);
    }

    /** Sends one more byte on each socket every 100 ms. */
    private void trickle() {
        Future<?> unused = drip.scheduleAtFixedRate(
                () -> attackers.forEach(SlowHttpClientsTest::sendByte), 100, 100, TimeUnit.MILLISECONDS);
    }

    private static void sendByte(RawSocket socket) {
        try {
            socket.send("x");
        } catch (UncheckedIOException e) {
            // The server may close the connection.
        }
    }

    private void assertOthersAreServed() {
        for (int i = 0; i < 20; i++) {
            try (RawSocket socket = RawSocket.connect(server.port())) {
                socket.send(HEALTH);
                assertTrue(socket.readAll().startsWith("HTTP/1.1 200 "));
            }
            alice.say("still here " + i);
            assertEquals("still here " + i, bob.expect("message").get("text").asString());
            server.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void servesOthersWhileManySendNothing() {
        attack(2_000, "");
        assertOthersAreServed();
    }

    @Test
    void servesOthersWhileManySendTheirHeadersByteByByte() {
        attack(200, "GET /healthz HTTP/1.1\r\nX: ");
        trickle();
        assertOthersAreServed();
    }

    @Test
    void servesOthersWhileManySendTheirBodiesByteByByte() {
        attack(
                200,
                "POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 60000\r\n\r\n{");
        trickle();
        assertOthersAreServed();
    }

    @Test
    void servesOthersWhileManyDoNotReadTheirResponses() {
        attack(100, "GET /asyncapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200));
        assertOthersAreServed();
    }
}
