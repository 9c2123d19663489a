package chat.weir.bench.load;

import java.io.IOException;
import java.util.List;

/**
 * An open loop: messages are sent on a schedule, whatever the server does, and contain the time at which they were due.
 * So a stall of the server counts for every message that was due meanwhile. In the last millisecond before a message is
 * due, the loop does not sleep, because a selector's timeout is in milliseconds.
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
        // The schedule does not depend on deliveries.
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
