package chat.weir.moderation;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long somebody is banned or muted, and why.
 *
 * @param duration whole seconds; null: for good
 */
public record SanctionTerm(@Nullable Duration duration, Reason reason) {
    /** A hundred years; the nanosecond clock can tell no more than 292 apart. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    /** @throws ChatException 400 if the duration is less than a second or more than a hundred years */
    public SanctionTerm {
        if (duration != null && (duration.toSeconds() < 1 || duration.compareTo(LONGEST) > 0)) {
            throw new ChatException(
                    ErrorReason.INVALID_VALUE,
                    "the duration has to be 1 to " + LONGEST.toSeconds() + " seconds, or to be left out: for good");
        }
    }
}
