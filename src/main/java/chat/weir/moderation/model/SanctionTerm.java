package chat.weir.moderation.model;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The duration of a sanction, and the reason.
 *
 * @param duration whole seconds; null: permanent
 */
public record SanctionTerm(@Nullable Duration duration, Reason reason) {
    /** A hundred years. The nanosecond clock can represent at most 292. */
    public static final Duration MAX_DURATION = Duration.ofDays(36_500);

    /** @throws ChatException 400 if the duration is less than a second or more than a hundred years */
    public SanctionTerm {
        if (duration != null && (duration.toSeconds() < 1 || duration.compareTo(MAX_DURATION) > 0)) {
            throw new ChatException(
                    ErrorReason.INVALID_VALUE,
                    "the duration must be 1 to " + MAX_DURATION.toSeconds() + " seconds; omit it for a permanent one");
        }
    }
}
