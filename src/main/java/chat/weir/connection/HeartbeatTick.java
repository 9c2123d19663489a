package chat.weir.connection;

/**
 * One heartbeat of all connections in a slot.
 *
 * @param resumedNanos silence before this does not count: the process was not reading
 */
public record HeartbeatTick(long nowNanos, long resumedNanos, HeartbeatFrames frames) {

    /** The time for which a client has been silent. */
    long silenceNanos(long lastHeardNanos) {
        return nowNanos - (lastHeardNanos - resumedNanos > 0 ? lastHeardNanos : resumedNanos);
    }
}
