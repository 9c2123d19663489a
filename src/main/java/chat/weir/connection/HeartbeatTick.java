package chat.weir.connection;

/**
 * One heartbeat of all connections in a slot.
 *
 * @param resumedNanos nobody counts as silent from before this: the process did not read then
 */
public record HeartbeatTick(long nowNanos, long resumedNanos, HeartbeatFrames frames) {

    /** How long a client has been silent that was last heard then. */
    long silenceNanos(long lastHeardNanos) {
        return nowNanos - (lastHeardNanos - resumedNanos > 0 ? lastHeardNanos : resumedNanos);
    }
}
