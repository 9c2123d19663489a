package chat.weir.bench.load;

import java.io.IOException;
import java.util.List;

/** Decides when senders send. All times are in nanoseconds since the generator started. */
interface Pace {
    /** Sends the first messages of all senders. */
    void start(List<Sender> senders, long nanos) throws IOException;

    /** A sender has received its own message; anything it appends now is sent after this read. */
    void returned(Sender sender, long nanos);

    /** Sends due messages. @return how many milliseconds the loop may wait for clients */
    long sendDue(List<Sender> senders, long nanos) throws IOException;
}
