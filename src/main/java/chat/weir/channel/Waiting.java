package chat.weir.channel;

/**
 * What a channel has to say and has not said yet, and whether a turn to say it is under way.
 *
 * <p>Threading: confined to its channel's lock. The run that {@link #takeRun} returns belongs to the thread that takes
 * the turn until it gives it back.
 */
final class Waiting {
    private Run run = new Run();
    private Run spare = new Run();

    /** A turn is under way or about to be. */
    private boolean turning;

    /** What the next turn is to deliver. */
    Run run() {
        return run;
    }

    boolean isTurning() {
        return turning;
    }

    /** Whether a turn has to be asked for; it counts as under way from now on. */
    boolean beginTurn() {
        boolean begin = !turning && !run.isEmpty();
        turning |= begin;
        return begin;
    }

    /** What this turn delivers; what comes meanwhile is for the next. */
    Run takeRun() {
        Run taken = run;
        run = spare;
        spare = taken;
        return taken;
    }

    /** What the turn that is under way delivers. */
    Run taken() {
        return spare;
    }

    /** The turn has ended. @return whether another has to be asked for */
    boolean endTurn() {
        spare.clear();
        turning = !run.isEmpty();
        return turning;
    }
}
