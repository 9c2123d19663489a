package chat.weir.bench.load;

import java.io.IOException;
import java.util.List;

/** A closed loop: each sender has a constant number of outstanding messages. Measures throughput. */
record ClosedPace(int outstanding) implements Pace {
    private static final long WAIT_MILLIS = 10;

    @Override
    public void start(List<Sender> senders, long nanos) throws IOException {
        for (Sender sender : senders) {
            for (int i = 0; i < outstanding; i++) {
                sender.send(nanos);
            }
            sender.client().flush();
        }
    }

    @Override
    public void returned(Sender sender, long nanos) {
        sender.send(nanos);
    }

    @Override
    public long sendDue(List<Sender> senders, long nanos) {
        return WAIT_MILLIS;
    }
}
