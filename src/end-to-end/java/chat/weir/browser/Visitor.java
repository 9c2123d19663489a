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
 * Somebody who uses the web client in a browser of his own: what he does there, and what he sees. On closing, nothing may
 * have gone wrong on the console but what was {@link #expects expected}.
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

    /** A guest who talks in a channel. */
    static Visitor guest(Chat chat, String channel, String name) {
        Visitor visitor = at(chat, "#" + channel);
        visitor.comeIn(name);
        return visitor;
    }

    /** Somebody with an account who is logged in. */
    static Visitor member(Chat chat, String channel, String name) {
        Visitor visitor = at(chat, "#" + channel);
        visitor.comeIn("login", name, Chat.PASSWORD);
        visitor.awaitChat();
        return visitor;
    }

    /** Opens the page anew, as if the server worded its errors in another way. */
    void goWhereErrorsHaveOtherTexts(String place) {
        browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", OTHER_TEXTS));
        go(place);
        reload();
    }

    /** What may be on the console in the end: each entry has to match. */
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
    void comeIn(String name) {
        fill("#name", name);
        press("#go");
        awaitChat();
    }

    /** From the start page, by way of {@code login} or {@code register}. */
    void comeIn(String way, String name, String password) {
        press("label:has(#way-" + way + ")");
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

    /** Chooses something in the menu of a person who is here. */
    void choose(String person, String item) {
        pressNamed("#users .person .who", person);
        pressNamed("[role=menuitem]", item);
    }

    /** Chooses something in the menu of one's own name. */
    void chooseForMyself(String item) {
        press("#me");
        pressNamed("[role=menuitem]", item);
    }

    /** Chooses something in the menu of the message that says this. */
    void chooseForMessage(String text, String item) {
        WebElement more = awaits(() -> script(
                WebElement.class,
                "return [...document.querySelectorAll('.message')]"
                        + ".find(e => e.querySelector('.said').textContent === arguments[0]).querySelector('.more')",
                text));
        browser.driver().executeScript("arguments[0].click()", more);
        pressNamed("[role=menuitem]", item);
    }

    /** Presses the button of the dialog that says what is to be done. */
    void confirm() {
        press("dialog[open] .primary");
    }

    /** Presses keys wherever the focus is. */
    void keys(CharSequence... keys) {
        doing(() -> browser.driver().switchTo().activeElement().sendKeys(keys));
    }

    /** The text, or else the label, of what has the focus. */
    String focused() {
        return script(
                String.class,
                "return document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label')"
                        + " || document.activeElement.id");
    }

    void press(String css) {
        doing(() -> click(find(css)));
    }

    /** Clicks once the element stands still: a click on one that moves meanwhile lands on whatever is there instead. */
    private void click(WebElement element) {
        Rectangle before = element.getRect();
        if (!element.getRect().equals(before)) {
            throw new WebDriverException("it moves");
        }
        element.click();
    }

    /** Presses the one of these elements that has this text. */
    void pressNamed(String css, String text) {
        doing(() -> click(browser.driver().findElements(By.cssSelector(css)).stream()
                .filter(element -> element.getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new WebDriverException("no " + text))));
    }

    void fill(String css, String text) {
        doing(() -> {
            WebElement field = find(css);
            field.clear();
            field.sendKeys(text.replace("\n", Keys.chord(Keys.SHIFT, Keys.ENTER)));
        });
    }

    /** Chooses an option of a list. */
    void pick(String css, String option) {
        doing(() ->
                find(css).findElement(By.xpath("option[.='" + option + "']")).click());
    }

    private void doing(Runnable action) {
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

    /** The texts of all elements that are found so. */
    List<String> texts(String css) {
        List<?> found =
                script(List.class, "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css);
        return found.stream().map(String.class::cast).toList();
    }

    String text(String css) {
        return String.join("|", texts(css));
    }

    /** What was said, as far as it is shown. */
    List<String> messages() {
        return texts("#messages .message:not(.unsent) .said");
    }

    String title() {
        return browser.driver().getTitle();
    }

    /** Waits until the page shows exactly these messages. */
    void seesMessages(String... texts) {
        awaits(this::messages, is(List.of(texts)));
    }

    /** Waits until what is found so has a text like this. */
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

    /** What a script returns. */
    <T> T script(Class<T> type, String script, Object... arguments) {
        return type.cast(browser.driver().executeScript(script, arguments));
    }

    /** A phone's screen, or a desk's. */
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
