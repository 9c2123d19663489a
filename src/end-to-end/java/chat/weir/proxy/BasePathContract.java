package chat.weir.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weir under a base path, behind every proxy. */
abstract class BasePathContract {
    @TempDir
    Path directory;

    /** Starts the proxy of this test. */
    abstract ProxyProcess proxy(ProxySetup setup);

    private ProxiedWeir start() {
        return ProxiedWeir.start(directory, this::proxy, "BASE_PATH", "/chat");
    }

    @Test
    void servesChannelsUnderThePath() {
        try (ProxiedWeir site = start()) {
            TestClient alice = site.open("/chat/fishing", "127.0.0.1", Map.of());
            alice.expectExactly("{'type':'connection','id':'fishing'}");
        }
    }

    @Test
    void redirectsThePathToThePage() {
        try (ProxiedWeir site = start()) {
            HttpResponse<String> moved = site.get("/chat");
            assertEquals(3, moved.statusCode() / 100);
            String location = moved.headers().firstValue("Location").orElseThrow();
            assertEquals(
                    site.url("https", "/chat/"), moved.uri().resolve(location).toString());
        }
    }

    @Test
    void servesTheApiUnderThePath() {
        try (ProxiedWeir site = start()) {
            TestClient alice = site.guest("alice", "/chat/lakes/north");
            alice.say("north wind");
            alice.await("message");
            assertEquals(200, site.get("/chat/api/channels").statusCode());
            String messages =
                    site.get("/chat/api/channels/lakes%2Fnorth/messages").body();
            assertTrue(messages.contains("\"north wind\""), messages);
            assertEquals(200, site.get("/chat/healthz").statusCode());
            assertTrue(site.get("/chat/").body().contains("<title>"));
        }
    }
}
