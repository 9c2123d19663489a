package chat.weir.moderation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sanction that holds now.
 *
 * @param left for how long still, in whole seconds, rounded up; null: for good
 */
public record InForce(Sanction sanction, @Nullable Duration left) {}
