package chat.weir.moderation;

import java.time.Duration;

/**
 * How much moderators may do.
 *
 * @param maxKept bans and mutes of the whole server, and likewise moderators; all of them are in memory
 * @param maxInChannel bans and mutes of one channel
 * @param burst actions that one account may take at once
 * @param interval after which it may take one more
 */
record ModerationLimits(int maxKept, int maxInChannel, int burst, Duration interval) {
    static final ModerationLimits USUAL = new ModerationLimits(100_000, 5_000, 20, Duration.ofSeconds(1));
}
