package chat.weir.moderation.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sanction that is in force.
 *
 * @param left the exact remaining time; null: permanent. Round down when telling a client, so that the stated time is
 *     never longer than the actual one
 */
public record ActiveSanction(Sanction sanction, @Nullable Duration left) {}
