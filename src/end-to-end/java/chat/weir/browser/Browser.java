package chat.weir.browser;

import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium with an empty profile. Starting one takes longer than most tests, so a closed one is used again,
 * with a new tab and without the data of earlier pages.
 */
public final class Browser implements AutoCloseable {
    private static final Dimension SIZE = new Dimension(1_280, 800);
    private static final Map<List<String>, Deque<ChromeDriver>> IDLE = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> IDLE.values().forEach(drivers -> drivers.forEach(ChromeDriver::quit))));
    }

    private final ChromeDriver driver;
    private final Deque<ChromeDriver> idle;

    private Browser(ChromeDriver driver, Deque<ChromeDriver> idle) {
        this.driver = driver;
        this.idle = idle;
    }

    /**
     * Starts or reuses one. {@code CHROMIUM} and {@code CHROMEDRIVER} name the programs if they are not where Debian
     * puts them.
     */
    public static Browser start(String... arguments) {
        Deque<ChromeDriver> idle = IDLE.computeIfAbsent(List.of(arguments), other -> new ConcurrentLinkedDeque<>());
        ChromeDriver driver = idle.poll();
        return new Browser(driver == null ? started(arguments) : driver, idle);
    }

    private static ChromeDriver started(String... arguments) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
        options.addArguments(
                "--headless=new",
                // Root, as in a container, has no sandbox.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en");
        options.addArguments(arguments);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(System.getenv().getOrDefault("CHROMEDRIVER", "/usr/bin/chromedriver"))
                        .toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(SIZE);
        return driver;
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** The entries of the console since the last call. */
    public List<LogEntry> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll();
    }

    @Override
    public void close() {
        try {
            forget();
        } catch (WebDriverException e) {
            driver.quit();
            return;
        }
        idle.push(driver);
    }

    private void forget() {
        String used = driver.getWindowHandle();
        String fresh = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        driver.switchTo().window(used).close();
        driver.switchTo().window(fresh);
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", "*", "storageTypes", "all"));
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        driver.manage().window().setSize(SIZE);
        List<LogEntry> unused = console();
    }
}
