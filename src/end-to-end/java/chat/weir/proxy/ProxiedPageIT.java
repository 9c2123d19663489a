package chat.weir.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.browser.Browser;
import chat.weir.testing.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;

/** The web client in a browser, over https and wss, through proxies with the documented configurations. */
class ProxiedPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, Function<ProxySetup, ProxyProcess>> PROXIES =
            Map.of("nginx", setup -> Nginx.start(setup, site -> site), "caddy", Caddy::start);

    @TempDir
    private Path directory;

    private ProxiedWeir start(String proxy, String basePath) {
        return ProxiedWeir.start(directory, PROXIES.get(proxy), "BASE_PATH", basePath);
    }

    private static Browser browser() {
        // The certificate is self-signed.
        return Browser.start("--ignore-certificate-errors");
    }

    /** Opens the page and enters its channel as a guest. */
    private static void enter(ChromeDriver page, String url, String name) {
        page.get(url);
        await().atMost(PATIENCE).until(() -> page.findElement(By.id("name")).isDisplayed());
        page.findElement(By.id("name")).sendKeys(name);
        page.findElement(By.id("go")).click();
        await().atMost(PATIENCE).until(() -> page.findElement(By.id("text")).isDisplayed());
    }

    private static void awaitShown(ChromeDriver page, String text) {
        await().atMost(PATIENCE)
                .until(() -> page.findElement(By.id("messages")).getText().contains(text));
    }

    @ParameterizedTest
    @CsvSource({"nginx, ''", "nginx, /chat", "caddy, ''", "caddy, /chat"})
    void chatsThroughTheProxy(String proxy, String basePath) {
        try (ProxiedWeir site = start(proxy, basePath);
                Browser browser = browser()) {
            TestClient bob = site.guest("bob", basePath + "/fishing");
            ChromeDriver page = browser.driver();
            enter(page, site.url("https", basePath + "/#fishing"), "alice");
            bob.say("a pike, this long");
            awaitShown(page, "a pike, this long");
            bob.await("message");
            page.findElement(By.id("text")).sendKeys("by the old mill", Keys.ENTER);
            assertEquals("by the old mill", bob.await("message").get("text").asString());
            List<LogEntry> warnings = browser.console().stream()
                    .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                    .toList();
            assertEquals(List.of(), warnings);
        }
    }

    @Test
    void reconnectsAfterARestartOfTheProxy() {
        try (ProxiedWeir site = start("nginx", "");
                Browser browser = browser()) {
            TestClient before = site.guest("bob", "/fishing");
            ChromeDriver page = browser.driver();
            enter(page, site.url("https", "/#fishing"), "alice");
            before.say("before the restart");
            awaitShown(page, "before the restart");
            site.proxy().close();
            site.proxy().restart();
            site.guest("carol", "/fishing").say("after the restart");
            awaitShown(page, "after the restart");
        }
    }
}
