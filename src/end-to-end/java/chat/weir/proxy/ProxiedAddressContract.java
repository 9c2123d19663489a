package chat.weir.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Behind every proxy, Weir uses the addresses of its clients, whatever headers they forge. The proxy is at 127.0.0.1,
 * the clients are at 127.0.0.2 and 127.0.0.3.
 */
abstract class ProxiedAddressContract {
    private static final String FIRST_CLIENT = "127.0.0.2";
    private static final String SECOND_CLIENT = "127.0.0.3";
    private static final Map<String, String> FORGED = Map.of("X-Forwarded-For", "192.0.2.9", "X-Real-IP", "192.0.2.9");

    @TempDir
    Path directory;

    /** Starts the proxy of this test. */
    abstract ProxyProcess proxy(ProxySetup setup);

    private ProxiedWeir start(String... namesAndValues) {
        return ProxiedWeir.start(directory, this::proxy, namesAndValues);
    }

    @Test
    void areLogged() {
        try (ProxiedWeir site = start()) {
            site.open("/boats", FIRST_CLIENT, Map.of()).close();
            site.open("/lakes", SECOND_CLIENT, FORGED).close();
            await().until(() -> site.weir().output().contains("closed address=127.0.0.2 channel=boats"));
            await().until(() -> site.weir().output().contains("closed address=127.0.0.3 channel=lakes"));
            String log = site.weir().output();
            assertTrue(log.contains("open address=127.0.0.2 channel=boats"), log);
            assertTrue(log.contains("open address=127.0.0.3 channel=lakes"), log);
            assertFalse(log.contains("192.0.2.9") || log.contains("address=127.0.0.1"), log);
        }
    }

    @Test
    void areLoggedForRefusedConnections() {
        try (ProxiedWeir site = start();
                RawSocket foreign = site.socket(FIRST_CLIENT)) {
            foreign.sendHandshake("/fishing", Map.of("Origin", "https://elsewhere.example"));
            assertTrue(foreign.readHeader().startsWith("HTTP/1.1 403 "));
            assertEquals(
                    426,
                    site.status(
                            SECOND_CLIENT,
                            "GET /fishing HTTP/1.1",
                            "Host: localhost",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Version: 8",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            // A separate thread writes the log.
            await().until(() -> site.weir().output().contains("refused address=127.0.0.2 status=403 "));
            await().until(() -> site.weir().output().contains("refused address=127.0.0.3 status=426 "));
        }
    }

    @Test
    void haveSeparateConnectionLimits() {
        try (ProxiedWeir site = start("MAX_CONNECTIONS_PER_ADDRESS", "1")) {
            site.connect("/fishing", FIRST_CLIENT);
            TestClient second = site.open("/fishing", FIRST_CLIENT, FORGED);
            second.expectError(429);
            second.expectClose(1013);
            site.connect("/fishing", SECOND_CLIENT);
            await().until(() -> site.weir().output().contains("turned away address=127.0.0.2"));
        }
    }

    @Test
    void haveSeparateLoginLimits() {
        try (ProxiedWeir site = start()) {
            int status = 401;
            for (int i = 0; status == 401 && i < 100; i++) {
                status = site.status(FIRST_CLIENT, login("hers" + i, "192.0.2." + i));
            }
            assertEquals(429, status);
            assertEquals(401, site.status(SECOND_CLIENT, login("his", "127.0.0.2")));
        }
    }

    private static String[] login(String name, String forged) {
        String body = "{\"username\":\"" + name + "\",\"password\":\"correct horse\"}";
        return new String[] {
            "POST /api/sessions HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            "X-Forwarded-For: " + forged,
            "Content-Length: " + body.length(),
            "",
            body
        };
    }

    @Test
    void areBannedSeparately() {
        try (ProxiedWeir site = start("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", "correct horse")) {
            TestClient bob = site.guest("bob", "/fishing", SECOND_CLIENT);
            String session = site.post("/api/sessions", "{'username':'root','password':'correct horse'}")
                    .body();
            String token = new JsonMapper().readTree(session).get("token").asString();
            assertEquals(
                    201,
                    site.post("/api/bans", "{'user':'bob','channel':'fishing'}", "Authorization", "Bearer " + token)
                            .statusCode());
            bob.expectClose(4504);
            TestClient underAnotherName = site.open("/fishing", SECOND_CLIENT, FORGED);
            underAnotherName.expectError(403);
            underAnotherName.expectClose(4504);
            site.guest("alice", "/fishing", FIRST_CLIENT).say("peace");
        }
    }
}
