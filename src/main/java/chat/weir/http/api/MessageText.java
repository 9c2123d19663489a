package chat.weir.http.api;

import chat.weir.http.routing.ProblemException;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.VisibleText;

/** The rules for the text of a message. */
final class MessageText {
    private MessageText() {}

    /** @throws ChatException 413 if the text is longer than so many code points, 400 if it breaks another rule */
    static void check(String text, int maxTextLength) {
        if (text.isEmpty()) {
            throw ProblemException.badRequest(ErrorReason.EMPTY_TEXT, "text is empty");
        }
        if (!VisibleText.isVisible(text)) {
            throw ProblemException.badRequest(ErrorReason.EMPTY_TEXT, "text has no visible character");
        }
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("text must not contain U+0000");
        }
        int length = text.codePointCount(0, text.length());
        if (length > maxTextLength) {
            throw new ChatException(
                    ErrorReason.TOO_LONG,
                    "text is " + length + " characters long; at most " + maxTextLength + " are allowed");
        }
    }
}
