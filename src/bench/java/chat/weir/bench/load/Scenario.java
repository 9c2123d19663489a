package chat.weir.bench.load;

import java.util.Locale;

/** What the server is put to. A, B, C and G, with a closed loop, measure throughput, D and H
 * latency, E memory, F opening. G and H are for what storing costs, those that begin with I, one scenario in several
 * sizes, for what it costs to tell who is here. */
public enum Scenario {
    A("one channel of 100, 10 senders with 8 messages outstanding each"),
    B("one channel of 1,000, 4 senders with 4 messages outstanding each"),
    C("100 channels of 10, one sender each with 8 messages outstanding"),
    D("one channel of 500, 100 messages a second on schedule"),
    G("one channel of 100, 10 senders with 80 messages outstanding each"),
    H("one channel of 100, 1,000 messages a second on schedule"),
    E("idle connections, each with a heartbeat a second and its answer"),
    F("handshakes, 48 at a time, each client gone at once"),
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

    /** Whether messages are broadcast in it: the floors can do nothing else. */
    public boolean isBroadcast() {
        return compareTo(H) <= 0;
    }

    /** Whether clients arrive in it, and are told who is here. */
    public boolean isArrival() {
        return arrivals > 0;
    }

    /** How many clients arrive: none in most scenarios. */
    public int arrivals() {
        return arrivals;
    }
}
