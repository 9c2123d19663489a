package chat.weir.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * An open loop: messages go out on schedule, whatever the server does, and carry the time at which they were due. So a
 * server that stalls is charged for every message that should have gone out meanwhile. In the last millisecond before
 * a message is due the loop does not sleep, since a selector counts in milliseconds.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class ScheduledPace implements Pace {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;

    private final long interval;
    private long due;

    ScheduledPace(int messagesPerSecond) {
        this.interval = SECOND / messagesPerSecond;
    }

    @Override
    public void start(List<Sender> senders, long nanos) {
        due = nanos;
    }

    @Override
    public void returned(Sender sender, long nanos) {
        // what comes back does not matter to the schedule
    }

    @Override
    public long sendDue(List<Sender> senders, long nanos) throws IOException {
        while (nanos >= due) {
            for (Sender sender : senders) {
                sender.send(due);
                sender.client().flush();
            }
            due += interval;
        }
        return Math.max(0, (due - nanos) / MILLISECOND - 1);
    }
}
