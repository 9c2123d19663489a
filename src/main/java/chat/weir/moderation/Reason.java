package chat.weir.moderation;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;

/** Why a moderation action was taken, in a moderator's words; may be empty. */
public record Reason(String text) {
    public static final Reason NONE = new Reason("");

    private static final int MAX_CODE_POINTS = 500;

    /**
     * Checks that the text can be stored and shown in a line.
     *
     * @throws ChatException 400 that names the rule which is broken
     */
    public Reason {
        if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            throw bad(ErrorReason.TOO_LONG, "is longer than " + MAX_CODE_POINTS + " characters");
        }
        // PostgreSQL stores no NUL, and half of a surrogate pair has no UTF-8.
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw bad(ErrorReason.INVALID_VALUE, "has a control character or half a surrogate pair in it");
        }
    }

    private static ChatException bad(ErrorReason reason, String what) {
        return ChatException.malformed(reason, "the reason " + what, null);
    }
}
