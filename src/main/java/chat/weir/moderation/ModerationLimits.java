package chat.weir.moderation;

import java.time.Duration;

/**
 * The limits of moderation.
 *
 * @param maxKept bans and mutes on the whole server, and separately moderators; all of them are kept in memory
 * @param maxInChannel bans and mutes in one channel
 * @param burst actions that an account may take at once
 * @param interval the time until an account may take one more
 */
record ModerationLimits(int maxKept, int maxInChannel, int burst, Duration interval) {
    static final ModerationLimits DEFAULT = new ModerationLimits(100_000, 5_000, 20, Duration.ofSeconds(1));
}
