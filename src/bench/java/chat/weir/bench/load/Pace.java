package chat.weir.bench.load;

import java.io.IOException;
import java.util.List;

/** When senders send. All times are in nanoseconds since the generator began. */
interface Pace {
    /** The first messages of all senders. */
    void start(List<Sender> senders, long nanos) throws IOException;

    /** A sender has got a message of its own back; what it appends now is sent after this read. */
    void returned(Sender sender, long nanos);

    /** Sends what is due now, and answers how many milliseconds the loop may wait for clients. */
    long sendDue(List<Sender> senders, long nanos) throws IOException;
}
