package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AdmissionTest {

    @ParameterizedTest
    @CsvSource({
        "'', http://localhost, 101",
        "'', http://localhost:8081, 101",
        "'', https://LOCALHOST, 101",
        "'', http://evil.example, 403",
        "'', http://localhost.evil.example, 403",
        "'', null, 403",
        "'*', http://evil.example, 101",
        "'https://chat.example, http://dev.example:3000', https://chat.example, 101",
        "'https://chat.example, http://dev.example:3000', http://dev.example:3000, 101",
        "'https://chat.example', http://chat.example, 403",
        "'https://chat.example', http://localhost, 101",
        "'https://chat.example', http://localhost:3000, 101",
        "'https://chat.example:443', https://chat.example, 101",
        "'null, file://', null, 101",
        "'null, file://', file://, 101",
        "'https://chat.example', null, 403",
    })
    void checksTheOriginOfBrowsers(String allowed, String origin, String status) {
        try (TestServer server = TestServer.with("ALLOWED_ORIGINS", allowed);
                RawSocket browser = RawSocket.connect(server.port())) {
            browser.sendHandshake("/fishing", Map.of("Origin", origin));
            String header = browser.readHeader();
            assertTrue(header.startsWith("HTTP/1.1 " + status), header);
        }
    }

    @Test
    void rejectsConnectionsOverTheLimitUntilOneIsClosed() {
        try (TestServer server = TestServer.with("MAX_CONNECTIONS", "3")) {
            List<TestClient> inside = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                inside.add(server.connect("/fishing"));
            }
            try (TestClient outside = TestClient.open(server.port(), "/fishing")) {
                outside.expectError(503);
                outside.expectClose(1013);
            }
            inside.get(0).close();
            await().until(() -> server.weirServer().socketCount() == 2);
            server.connect("/fishing");
        }
    }

    @Test
    void closesTheOldestSilentConnectionForANewOne() {
        try (TestServer server = TestServer.with("MAX_CONNECTIONS", "3")) {
            TestClient inside = server.connect("/fishing");
            List<RawSocket> silent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                silent.add(RawSocket.connect(server.port()));
            }
            for (RawSocket old : silent.subList(0, 18)) {
                assertTrue(old.isClosedByServer());
            }
            await().until(() -> server.weirServer().socketCount() == 3);
            server.connect("/fishing");
            server.connect("/fishing");
            assertTrue(silent.get(19).isClosedByServer());
            inside.send("{'type':'ping'}");
            inside.expect("pong");
            silent.forEach(RawSocket::close);
        }
    }

    @Test
    void closesRejectedConnectionsThatDoNotReadTheReply() {
        try (TestServer server = TestServer.with("MAX_CONNECTIONS", "1")) {
            List<RawSocket> sockets = new ArrayList<>();
            for (int i = 0; i < 17; i++) {
                RawSocket socket = RawSocket.connect(server.port());
                socket.sendHandshake("/fishing", Map.of());
                socket.readHeader();
                sockets.add(socket);
            }
            await().until(() -> server.weirServer().socketCount() == 17);
            assertTrue(RawSocket.connect(server.port()).isClosedByServer());
            sockets.forEach(RawSocket::close);
            await().until(() -> server.weirServer().socketCount() == 0);
            server.connect("/fishing");
        }
    }

    @Test
    void limitsTheConnectionsOfOneAddress() {
        try (TestServer server = TestServer.with("MAX_CONNECTIONS_PER_ADDRESS", "2")) {
            TestClient first = server.connect("/fishing");
            server.connect("/boats");
            try (TestClient third = TestClient.open(server.port(), "/fishing")) {
                third.expectError(429);
                third.expectClose(1013);
            }
            RawSocket elsewhere = RawSocket.connect(server.port(), 0, "127.0.0.2");
            try (TestClient other = TestClient.open(elsewhere, "/fishing", Map.of())) {
                other.expect("connection");
            }
            first.close();
            await().until(() -> server.weirServer().socketCount() == 1);
            server.connect("/fishing");
        }
    }

    @Test
    void countsSocketsPerAddressBeforeTheUpgrade() {
        try (TestServer server = TestServer.with("MAX_CONNECTIONS_PER_ADDRESS", "2")) {
            List<RawSocket> idle = new ArrayList<>();
            for (int i = 0; i < 18; i++) {
                idle.add(RawSocket.connect(server.port()));
            }
            await().until(() -> server.weirServer().socketCount() == 18);
            assertTrue(RawSocket.connect(server.port()).isClosedByServer());
            RawSocket elsewhere = RawSocket.connect(server.port(), 0, "127.0.0.2");
            try (TestClient other = TestClient.open(elsewhere, "/fishing", Map.of())) {
                other.expect("connection");
            }
            idle.forEach(RawSocket::close);
            await().until(() -> server.weirServer().socketCount() == 0);
            server.connect("/fishing");
        }
    }

    @Test
    void usesForwardedAddressesOfTrustedProxiesOnly() {
        try (TestServer server =
                TestServer.with("MAX_CONNECTIONS_PER_ADDRESS", "1", "TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8")) {
            assertEquals("connection", firstThrough(server, "127.0.0.1", "192.0.2.1"));
            assertEquals("connection", firstThrough(server, "127.0.0.1", "192.0.2.2:4711, 10.1.2.3"));
            assertEquals("error", firstThrough(server, "127.0.0.1", "203.0.113.9, 192.0.2.1"));
            assertEquals("connection", firstThrough(server, "127.0.0.1", "[2001:db8:1:2::3]:4711"));
            assertEquals("error", firstThrough(server, "127.0.0.1", "2001:db8:1:2::4"));
            // 127.0.0.2 is not a trusted proxy, so its header is ignored.
            assertEquals("connection", firstThrough(server, "127.0.0.2", "192.0.2.7"));
            assertEquals("error", firstThrough(server, "127.0.0.2", "192.0.2.8"));
            // Not an address; the server must not resolve it as a host name.
            assertEquals("connection", firstThrough(server, "127.0.0.1", "999.999.999.999"));
        }
    }

    private static String firstThrough(TestServer server, String from, String forwardedFor) {
        RawSocket socket = RawSocket.connect(server.port(), 0, from);
        TestClient client = TestClient.open(socket, "/fishing", Map.of("X-Forwarded-For", forwardedFor));
        return client.next().get("type").asString();
    }

    @Test
    void limitsTheMessageRateAndSendsRetryAfter() {
        try (TestServer server = TestServer.with("MESSAGE_RATE", "10")) {
            TestClient alice = server.connectAs("alice", "/fishing");
            for (int i = 0; i < 20; i++) {
                alice.say("burst");
                alice.expect("message");
            }
            alice.send("{'type':'message','text':'one too many','ref':'r'}");
            JsonNode error = alice.expectError(429);
            assertEquals(0.1, error.get("retryAfter").asDouble(), "in seconds");
            assertEquals("r", error.get("ref").asString());
            server.advance(Duration.ofMillis(99));
            alice.say("too early");
            assertEquals(0.001, alice.expectError(429).get("retryAfter").asDouble());
            server.advance(Duration.ofMillis(1));
            alice.say("in time");
            assertEquals("in time", alice.expect("message").get("text").asString());
        }
    }

    @Test
    void closesAClientThatStaysOverTheRate() {
        try (TestServer server = TestServer.with("MESSAGE_RATE", "1")) {
            TestClient alice = server.connectAs("alice", "/fishing");
            for (int i = 0; i < 70; i++) {
                alice.say("more");
            }
            assertEquals(4009, alice.awaitClose().closeCode());
        }
    }

    @Test
    void doesNotLimitMessagesAtRateZero() {
        try (TestServer server = TestServer.with("MESSAGE_RATE", "0")) {
            TestClient alice = server.connectAs("alice", "/fishing");
            for (int i = 0; i < 1_000; i++) {
                alice.say("more");
            }
            for (int i = 0; i < 1_000; i++) {
                alice.expect("message");
            }
        }
    }
}
