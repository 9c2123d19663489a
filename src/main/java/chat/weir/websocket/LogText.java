package chat.weir.websocket;

import org.jspecify.annotations.Nullable;

/** Text that came from a client, made fit for a line of the log. */
final class LogText {
    private LogText() {}

    static String of(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029\"\\\\]", "?");
    }
}
