package chat.weir.browser;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.hamcrest.Matcher;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogEntry;

/**
 * A user of the web client with their own browser. On closing, the console must have no entries but the {@link #expects
 * expected} ones.
 */
final class Visitor implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Path SCREENSHOTS = Path.of("target", "end-to-end", "screenshots");

    private static final String OTHER_TEXTS = """
            const { parse } = JSON;
            const other = (it) => {
              if (it?.type === 'error') it.message = 'other words';
              if (it?.type === 'about:blank') it.detail = 'other words';
              return it;
            };
            JSON.parse = (...all) => other(parse(...all));
            const { json } = Response.prototype;
            Response.prototype.json = async function () { return other(await json.call(this)); };
            """;

    private final Browser browser;
    private final Chat chat;
    private Pattern expected = Pattern.compile("(?!)");

    private Visitor(Browser browser, Chat chat) {
        this.browser = browser;
        this.chat = chat;
    }

    /** Opens the page at what follows its address, such as {@code #fishing}. */
    static Visitor at(Chat chat, String place) {
        Visitor visitor = new Visitor(Browser.start(), chat);
        visitor.go(place);
        return visitor;
    }

    /** A guest in a channel. */
    static Visitor guest(Chat chat, String channel, String name) {
        Visitor visitor = at(chat, "#" + channel);
        visitor.enter(name);
        return visitor;
    }

    /** A user who is logged in to an account. */
    static Visitor member(Chat chat, String channel, String name) {
        Visitor visitor = at(chat, "#" + channel);
        visitor.enter("login", name, Chat.PASSWORD);
        visitor.awaitChat();
        return visitor;
    }

    /** Opens the page as if the server had other error texts. */
    void goWithOtherErrorTexts(String place) {
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", OTHER_TEXTS));
        go(place);
        reload();
    }

    /** The entries that the console may have. */
    void expects(String pattern) {
        expected = Pattern.compile(pattern, Pattern.DOTALL);
    }

    void go(String place) {
        browser.driver().get(chat.page() + place);
    }

    void reload() {
        browser.driver().navigate().refresh();
    }

    /** From the start page, as a guest. */
    void enter(String name) {
        fill("#name", name);
        press("#go");
        awaitChat();
    }

    /** From the start page, by {@code login} or {@code register}. */
    void enter(String mode, String name, String password) {
        press("label:has(#mode-" + mode + ")");
        fill("#name", name);
        fill("#password", password);
        press("#go");
    }

    void awaitChat() {
        awaits(() -> isShown("#chat"), is(true));
    }

    void say(String text) {
        fill("#text", text);
        find("#text").sendKeys(Keys.ENTER);
    }

    void type(String text) {
        find("#text").sendKeys(text);
    }

    /** Chooses an item in the menu of another user. */
    void choose(String person, String item) {
        pressNamed("#users .person .who", person);
        pressNamed("[role=menuitem]", item);
    }

    /** Chooses an item in the menu of the user's own name. */
    void chooseForMyself(String item) {
        press("#me");
        pressNamed("[role=menuitem]", item);
    }

    /** Chooses an item in the menu of the message with this text. */
    void chooseForMessage(String text, String item) {
        WebElement more = awaits(() -> script(
                WebElement.class,
                "return [...document.querySelectorAll('.message')]"
                        + ".find(e => e.querySelector('.text').textContent === arguments[0]).querySelector('.more')",
                text));
        browser.driver().executeScript("arguments[0].click()", more);
        pressNamed("[role=menuitem]", item);
    }

    /** Presses the primary button of the dialog. */
    void confirm() {
        press("dialog[open] .primary");
    }

    /** Presses keys wherever the focus is. */
    void keys(CharSequence... keys) {
        perform(() -> browser.driver().switchTo().activeElement().sendKeys(keys));
    }

    /** The text, or else the label, of the focused element. */
    String focused() {
        return script(
                String.class,
                "return document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label')"
                        + " || document.activeElement.id");
    }

    void press(String css) {
        perform(() -> click(find(css)));
    }

    /** Clicks an element that does not move: otherwise the click may hit another one. */
    private void click(WebElement element) {
        Rectangle before = element.getRect();
        if (!element.getRect().equals(before)) {
            throw new WebDriverException("it moves");
        }
        element.click();
    }

    /** Presses the matching element with this text. */
    void pressNamed(String css, String text) {
        perform(() -> click(browser.driver().findElements(By.cssSelector(css)).stream()
                .filter(element -> element.getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new WebDriverException("no " + text))));
    }

    void fill(String css, String text) {
        perform(() -> {
            WebElement field = find(css);
            field.clear();
            field.sendKeys(text.replace("\n", Keys.chord(Keys.SHIFT, Keys.ENTER)));
        });
    }

    /** Chooses an option of a list. */
    void pick(String css, String option) {
        perform(() ->
                find(css).findElement(By.xpath("option[.='" + option + "']")).click());
    }

    private void perform(Runnable action) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(action::run);
    }

    private WebElement find(String css) {
        return browser.driver().findElement(By.cssSelector(css));
    }

    boolean isShown(String css) {
        return browser.driver().findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed);
    }

    /** The texts of all matching elements. */
    List<String> texts(String css) {
        List<?> found =
                script(List.class, "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css);
        return found.stream().map(String.class::cast).toList();
    }

    String text(String css) {
        return String.join("|", texts(css));
    }

    /** The texts of the messages. */
    List<String> messages() {
        return texts("#messages .message:not(.unsent) .text");
    }

    String title() {
        return browser.driver().getTitle();
    }

    /** Waits until the page shows exactly these messages. */
    void awaitMessages(String... texts) {
        awaits(this::messages, is(List.of(texts)));
    }

    /** Waits until the matching elements have such a text. */
    void sees(String css, Matcher<String> text) {
        awaits(() -> text(css), text);
    }

    <T> void awaits(Supplier<T> seen, Matcher<? super T> matcher) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(WebDriverException.class)
                    .until(seen::get, matcher);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + " The page shows:\n" + visibleText(), e);
        }
    }

    private String visibleText() {
        return script(String.class, "return document.body.innerText");
    }

    private <T> T awaits(Supplier<T> seen) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(seen::get, notNullValue());
    }

    /** The result of a script. */
    <T> T script(Class<T> type, String script, Object... arguments) {
        return type.cast(browser.driver().executeScript(script, arguments));
    }

    /** Sets the size of the window. */
    void resize(int width, int height) {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefersDark(boolean isDark) {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    /** Does something while the window is minimized. */
    void inBackground(Runnable action) {
        browser.driver().manage().window().minimize();
        awaits(() -> script(Boolean.class, "return document.hidden"), is(true));
        action.run();
        browser.driver().manage().window().setSize(new Dimension(1_280, 800));
        awaits(() -> script(Boolean.class, "return document.hidden"), is(false));
    }

    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), browser.driver().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Browser closing = browser) {
            List<String> wrong = closing.console().stream()
                    .map(LogEntry::getMessage)
                    .filter(message -> !expected.matcher(message).matches())
                    .toList();
            assertEquals(List.of(), wrong);
        }
    }
}
