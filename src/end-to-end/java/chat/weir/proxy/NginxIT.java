package chat.weir.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NginxIT extends ProxyContract {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(2);

    @Override
    ProxyProcess proxy(ProxySetup setup) {
        return Nginx.start(setup, site -> site);
    }

    /** Starts nginx with an idle timeout that a test can wait for. */
    private ProxiedWeir startWithShortTimeout(String heartbeatInterval) {
        return ProxiedWeir.start(
                directory,
                setup -> Nginx.start(
                        setup,
                        site -> site.with(
                                "proxy_read_timeout 60s", "proxy_read_timeout " + IDLE_TIMEOUT.toSeconds() + "s")),
                "HEARTBEAT_INTERVAL",
                heartbeatInterval);
    }

    @Test
    void keepsAnIdleClientWithHeartbeatsConnected() {
        try (ProxiedWeir site = startWithShortTimeout("500ms")) {
            TestClient alice = site.connect("/fishing", HERE);
            long end = System.nanoTime() + IDLE_TIMEOUT.multipliedBy(3).toNanos();
            while (System.nanoTime() - end < 0) {
                // Pings and the first heartbeat. The client only answers the pings.
                alice.socket().readFrame();
            }
            alice.ask("'type':'heartbeat'");
        }
    }

    @Test
    void disconnectsAClientWithoutHeartbeatsAfterTheIdleTimeout() {
        try (ProxiedWeir site = startWithShortTimeout("1m")) {
            TestClient alice = site.connect("/fishing", HERE);
            long begin = System.nanoTime();
            assertTrue(alice.socket().isClosedByServer());
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            assertTrue(elapsed.compareTo(IDLE_TIMEOUT.minusMillis(500)) > 0, elapsed::toString);
        }
    }

    @Test
    void keepsConnectionsDuringAReloadUntilTheShutdownTimeout() {
        try (ProxiedWeir site = start()) {
            TestClient alice = site.guest("alice", "/fishing");
            site.proxy().reload();
            alice.say("still here");
            assertEquals("still here", alice.await("message").get("text").asString());
            await().until(() -> site.weir().output().contains("closed address=127.0.0.1 channel=fishing"));
            assertTrue(alice.socket().isClosedByServer());
            site.guest("bob", "/fishing").say("by the new process");
        }
    }

    @Test
    void redirectsToTls() {
        try (ProxiedWeir site = start();
                RawSocket plain = RawSocket.connect(site.plainPort())) {
            plain.send("GET /fishing?since=1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String header = plain.readHeader();
            assertTrue(header.startsWith("HTTP/1.1 301 "), header);
            assertTrue(header.contains("\r\nLocation: https://localhost/fishing?since=1\r\n"), header);
        }
    }
}
