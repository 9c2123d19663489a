package chat.weir.moderation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sanction that holds now.
 *
 * @param left for how long still, exactly; null: for good. Whoever tells a client rounds down: a wait is never said to be
 *     longer than what is left
 */
public record ActiveSanction(Sanction sanction, @Nullable Duration left) {}
