package chat.weir.bench.load;

import java.util.Locale;

/**
 * A scenario of the benchmark. A, B, C and G measure throughput with a closed loop, D and H latency, E memory, F the
 * handshake. G and H show the cost of storing messages. I, in several sizes, shows the cost of presence.
 */
public enum Scenario {
    A("one channel of 100, 10 senders with 8 messages outstanding each"),
    B("one channel of 1,000, 4 senders with 4 messages outstanding each"),
    C("100 channels of 10, one sender each with 8 messages outstanding"),
    D("one channel of 500, 100 messages a second on schedule"),
    G("one channel of 100, 10 senders with 80 messages outstanding each"),
    H("one channel of 100, 1,000 messages a second on schedule"),
    E("idle connections, each with a heartbeat a second and its answer"),
    F("handshakes, 48 at a time, each client disconnects at once"),
    I250(250),
    I500(500),
    I1000(1_000),
    I10000(10_000);

    private final String title;
    private final int arrivals;

    Scenario(String title) {
        this.title = title;
        this.arrivals = 0;
    }

    Scenario(int arrivals) {
        this.title = String.format(Locale.ROOT, "%,d arrivals in one channel within 10 s", arrivals);
        this.arrivals = arrivals;
    }

    public String title() {
        return title;
    }

    /** Whether it broadcasts messages, which is all that the floors support. */
    public boolean isBroadcast() {
        return compareTo(H) <= 0;
    }

    /** Whether clients join one channel and receive its users. */
    public boolean isArrival() {
        return arrivals > 0;
    }

    /** The number of clients that arrive; 0 in most scenarios. */
    public int arrivals() {
        return arrivals;
    }
}
