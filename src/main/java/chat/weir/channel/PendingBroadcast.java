package chat.weir.channel;

/**
 * What a channel has to say and has not said yet, and whether a turn to say it is under way.
 *
 * <p>Threading: confined to its channel's lock. The run that {@link #takeBatch} returns belongs to the thread that takes
 * the turn until it gives it back.
 */
final class PendingBroadcast {
    private Batch batch = new Batch();
    private Batch spare = new Batch();

    /** A turn is under way or about to be. */
    private boolean inCycle;

    /** What the next turn is to deliver. */
    Batch batch() {
        return batch;
    }

    boolean isInCycle() {
        return inCycle;
    }

    /** Whether a turn has to be asked for; it counts as under way from now on. */
    boolean beginCycle() {
        boolean begin = !inCycle && !batch.isEmpty();
        inCycle |= begin;
        return begin;
    }

    /** What this turn delivers; what comes meanwhile is for the next. */
    Batch takeBatch() {
        Batch taken = batch;
        batch = spare;
        spare = taken;
        return taken;
    }

    /** What the turn that is under way delivers. */
    Batch taken() {
        return spare;
    }

    /** The turn has ended. @return whether another has to be asked for */
    boolean endCycle() {
        spare.clear();
        inCycle = !batch.isEmpty();
        return inCycle;
    }
}
