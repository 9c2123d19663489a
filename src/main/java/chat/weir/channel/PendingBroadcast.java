package chat.weir.channel;

/**
 * The batch that a channel has not delivered yet, and whether a broadcast cycle is running or scheduled.
 *
 * <p>Threading: confined to its channel's lock. The batch that {@link #takeBatch} returns belongs to the thread that
 * runs the cycle until it ends the cycle.
 */
final class PendingBroadcast {
    private Batch batch = new Batch();
    private Batch spare = new Batch();

    /** A broadcast cycle is running or scheduled. */
    private boolean inCycle;

    /** What the next cycle delivers. */
    Batch batch() {
        return batch;
    }

    boolean isInCycle() {
        return inCycle;
    }

    /** Whether a cycle must be scheduled; it counts as running from now on. */
    boolean beginCycle() {
        boolean begin = !inCycle && !batch.isEmpty();
        inCycle |= begin;
        return begin;
    }

    /** What this cycle delivers; later frames are for the next. */
    Batch takeBatch() {
        Batch taken = batch;
        batch = spare;
        spare = taken;
        return taken;
    }

    /** What the running cycle delivers. */
    Batch taken() {
        return spare;
    }

    /** Ends the cycle. @return whether another must be scheduled */
    boolean endCycle() {
        spare.clear();
        inCycle = !batch.isEmpty();
        return inCycle;
    }
}
