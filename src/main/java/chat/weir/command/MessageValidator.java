package chat.weir.command;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.VisibleText;

/**
 * Checks messages when they arrive, before they wait behind other commands of their client.
 *
 * <p>Threading: immutable.
 *
 * @param maxTextLength in code points
 */
record MessageValidator(int maxTextLength) {

    /** Checks the text of a message. @throws ChatException 400 if it is empty or invisible, 413 if it is too long */
    void check(Message message) {
        String text = message.text();
        if (text.isEmpty()) {
            throw ChatException.malformed(ErrorReason.EMPTY_TEXT, "text is empty", message.ref());
        }
        if (!VisibleText.isVisible(text)) {
            throw ChatException.malformed(ErrorReason.EMPTY_TEXT, "text has no visible character", message.ref());
        }
        if (text.length() > maxTextLength && text.codePointCount(0, text.length()) > maxTextLength) {
            throw new ChatException(
                    ErrorReason.TOO_LONG,
                    "text is " + text.codePointCount(0, text.length()) + " characters long; at most " + maxTextLength
                            + " are taken");
        }
    }
}
