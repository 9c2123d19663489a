package chat.weir.moderation.model;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;

/** The reason for a moderation action, as the moderator wrote it; may be empty. */
public record Reason(String text) {
    public static final Reason NONE = new Reason("");

    private static final int MAX_CODE_POINTS = 500;

    /**
     * Checks that the text can be stored and shown on one line.
     *
     * @throws ChatException 400 with the rule that the text breaks
     */
    public Reason {
        if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            throw bad(ErrorReason.TOO_LONG, "is longer than " + MAX_CODE_POINTS + " characters");
        }
        // PostgreSQL cannot store NUL, and an unpaired surrogate has no UTF-8 form.
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw bad(ErrorReason.INVALID_VALUE, "contains a control character or an unpaired surrogate");
        }
    }

    private static ChatException bad(ErrorReason reason, String what) {
        return ChatException.malformed(reason, "the reason " + what, null);
    }
}
