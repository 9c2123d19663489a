package chat.weir.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BlankPageIT {
    @Test
    void starts() {
        try (Browser browser = Browser.start()) {
            browser.driver().get("data:text/html,<title>hi</title>");
            assertEquals("hi", browser.driver().getTitle());
        }
    }
}
