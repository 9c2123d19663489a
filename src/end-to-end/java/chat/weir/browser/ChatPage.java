package chat.weir.browser;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Base class for tests of the page, each with its own server. */
abstract class ChatPage {
    @TempDir
    Path directory;

    Chat chat;

    private final Map<String, String> settings;

    ChatPage() {
        this(Map.of());
    }

    /** @param settings in addition to the common ones */
    ChatPage(Map<String, String> settings) {
        this.settings = settings;
    }

    @BeforeEach
    void startChat() {
        chat = Chat.start(directory, settings);
    }

    @AfterEach
    void stopChat() {
        chat.close();
    }
}
