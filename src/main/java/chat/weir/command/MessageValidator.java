package chat.weir.command;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * Checks the texts of messages and edits when they arrive, before they wait behind other commands of their client.
 *
 * <p>Threading: immutable.
 *
 * @param maxTextLength in code points
 */
record MessageValidator(int maxTextLength) {

    /** Checks a text. @throws ChatException 400 if it is empty or invisible, 413 if it is too long */
    void check(String text, @Nullable String ref) {
        if (text.isEmpty()) {
            throw ChatException.malformed(ErrorReason.EMPTY_TEXT, "text is empty", ref);
        }
        if (!VisibleText.isVisible(text)) {
            throw ChatException.malformed(ErrorReason.EMPTY_TEXT, "text has no visible character", ref);
        }
        if (text.length() > maxTextLength && text.codePointCount(0, text.length()) > maxTextLength) {
            throw new ChatException(
                    ErrorReason.TOO_LONG,
                    "text is " + text.codePointCount(0, text.length()) + " characters long; at most " + maxTextLength
                            + " are taken");
        }
    }
}
