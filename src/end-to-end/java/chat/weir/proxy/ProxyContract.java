package chat.weir.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The behaviour behind every proxy with a documented configuration. */
abstract class ProxyContract {
    static final String HERE = "127.0.0.1";

    @TempDir
    Path directory;

    /** Starts the proxy of this test. */
    abstract ProxyProcess proxy(ProxySetup setup);

    ProxiedWeir start(String... namesAndValues) {
        return ProxiedWeir.start(directory, this::proxy, namesAndValues);
    }

    @Test
    void servesWscatOverTls() {
        try (ProxiedWeir site = start();
                Wscat alice =
                        Wscat.connect(site.url("wss", "/fishing?heartbeat=pong"), site.certificate(), directory)) {
            TestClient bob = site.guest("bob", "/fishing");
            alice.awaitShown("{\"type\":\"connection\",\"id\":\"fishing\"}");
            alice.write("{'type':'identity','user':'alice'}");
            alice.awaitShown("\"authenticated\":\"true\"");
            alice.write("{'type':'message','text':'anything biting?'}");
            assertEquals("anything biting?", bob.await("message").get("text").asString());
            bob.say("a pike, this long");
            alice.awaitShown("{\"type\":\"message\",\"text\":\"a pike, this long\"");
        }
    }

    /** A proxy with persistent connections to Weir upgrades some of them after other requests. */
    @Test
    void servesRequestsAndWebSocketsInAnyOrder() {
        try (ProxiedWeir site = start()) {
            for (int i = 0; i < 20; i++) {
                assertEquals(200, site.get("/healthz").statusCode());
                TestClient client = site.connect("/fishing", HERE);
                client.ask("'type':'ping'");
                assertEquals(200, site.get("/client.json").statusCode());
                client.close();
            }
        }
    }

    @Test
    void servesTheSocketAndTheApiAtOneAddress() {
        try (ProxiedWeir site = start()) {
            TestClient alice = site.guest("alice", "/lakes/north");
            alice.say("north wind");
            alice.await("message");
            assertEquals("{\"status\":\"ok\"}", site.get("/healthz").body());
            String channels = site.get("/api/channels").body();
            assertTrue(channels.contains("\"lakes/north\""), channels);
            // The proxy must not decode the path.
            String messages = site.get("/api/channels/lakes%2Fnorth/messages").body();
            assertTrue(messages.contains("\"north wind\""), messages);
            assertTrue(site.get("/").body().contains("<title>"));
            assertFalse(site.get("/client.json").body().contains("socket"), "the socket is at the page's own address");
            TestClient nowhere = site.open("/", HERE, Map.of());
            assertTrue(nowhere.expect("connection").has("id"));
        }
    }

    @Test
    void upgradesWithAnyCaseOfWebsocket() {
        try (ProxiedWeir site = start()) {
            assertEquals(
                    101,
                    site.status(
                            HERE,
                            "GET /fishing HTTP/1.1",
                            "Host: localhost",
                            "Upgrade: WebSocket",
                            "Connection: upgrade",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        }
    }

    @Test
    void ignoresOtherUpgrades() {
        try (ProxiedWeir site = start()) {
            assertEquals(
                    200,
                    site.status(
                            HERE, "GET /healthz HTTP/1.1", "Host: localhost", "Upgrade: h2c", "Connection: Upgrade"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost, 101, 201",
        "https://localhost:8443, 101, 201",
        "https://elsewhere.example, 403, 403",
    })
    void acceptsPagesOfTheSameHostOnly(String origin, int socketStatus, int apiStatus) {
        try (ProxiedWeir site = start();
                RawSocket browser = site.socket(HERE)) {
            browser.sendHandshake("/fishing", Map.of("Origin", origin));
            String header = browser.readHeader();
            assertTrue(header.startsWith("HTTP/1.1 " + socketStatus), header);
            String alice = "{'username':'alice','password':'correct horse'}";
            HttpResponse<String> registered = site.post("/api/accounts", alice, "Origin", origin);
            assertEquals(apiStatus, registered.statusCode(), registered::body);
        }
    }

    @Test
    void passesOverlongBodiesToWeir() {
        try (ProxiedWeir site = start()) {
            HttpResponse<String> refused =
                    site.post("/api/accounts", "{'username':'" + "x".repeat(100_000) + "','password':''}");
            assertEquals(413, refused.statusCode());
            assertTrue(refused.body().contains("65536"), refused::body);
        }
    }

    @Test
    void deliversLongAndManyMessagesInOrder() {
        try (ProxiedWeir site = start("MAX_TEXT_LENGTH", "60000")) {
            TestClient alice = site.guest("alice", "/fishing");
            TestClient bob = site.guest("bob", "/fishing");
            String longText = "It was a dark and stormy night. ".repeat(1_800);
            alice.say(longText);
            assertEquals(longText, bob.await("message").get("text").asString());
            for (int i = 0; i < 1_000; i++) {
                alice.say("message " + i);
            }
            for (int i = 0; i < 1_000; i++) {
                assertEquals("message " + i, bob.await("message").get("text").asString());
            }
        }
    }

    @Test
    void recoversMissedMessagesAfterARestartOfTheProxy() {
        try (ProxiedWeir site = start()) {
            TestClient alice = site.connect("/fishing", HERE);
            alice.send("{'type':'identity','user':'alice'}");
            String secret = alice.await("identity").get("resume").asString();
            ProxiedWeir.awaitAuthentication(alice);
            alice.say("before");
            long seen = alice.await("message").get("id").asLong();
            alice.say("missed");
            // The ack shows that both messages have reached Weir.
            alice.send("{'type':'message','text':'the last','ref':'last'}");
            alice.await("message");
            alice.await("message");
            alice.await("ack");
            site.proxy().close();
            assertTrue(alice.socket().isClosedByServer());
            await().until(() -> site.weir().output().contains("closed address=127.0.0.1 channel=fishing"));
            site.proxy().restart();
            TestClient again = site.open("/fishing?heartbeat=pong&since=" + seen, HERE, Map.of());
            assertEquals("true", again.expect("connection").get("recovered").asString());
            assertEquals("missed", again.expect("message").get("text").asString());
            again.sendText("{\"type\":\"identity\",\"user\":\"alice\",\"resume\":\"" + secret + "\"}");
            JsonNode identity = again.next();
            while (!identity.get("type").asString().equals("identity")) {
                identity = again.next();
            }
            assertEquals("true", identity.get("success").asString());
        }
    }

    @Test
    void answers502WhileWeirIsDown() {
        try (ProxiedWeir site = start()) {
            TestClient alice = site.guest("alice", "/fishing");
            site.weir().kill();
            assertTrue(alice.socket().isClosedByServer());
            assertEquals(502, site.get("/healthz").statusCode());
            site.restartWeir(directory);
            await().until(() -> site.get("/healthz").statusCode() == 200);
            site.guest("alice", "/fishing").say("here again");
        }
    }

    @Test
    void deliversTheCloseCodeWhenWeirStops() {
        try (ProxiedWeir site = start()) {
            TestClient alice = site.connect("/fishing", HERE);
            site.weir().terminate();
            alice.expectClose(1001);
        }
    }
}
