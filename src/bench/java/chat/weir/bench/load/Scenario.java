package chat.weir.bench.load;

/** What the server is put to. A, B, C and G, with a closed loop, measure throughput, D and H
 * latency, E memory, F opening. G and H are for what storing costs. */
public enum Scenario {
    A("one channel of 100, 10 senders with 8 messages outstanding each"),
    B("one channel of 1,000, 4 senders with 4 messages outstanding each"),
    C("100 channels of 10, one sender each with 8 messages outstanding"),
    D("one channel of 500, 100 messages a second on schedule"),
    G("one channel of 100, 10 senders with 80 messages outstanding each"),
    H("one channel of 100, 1,000 messages a second on schedule"),
    E("idle connections, each with a heartbeat a second and its answer"),
    F("handshakes, 48 at a time, each client gone at once");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Whether messages are broadcast in it: the floors can do nothing else. */
    public boolean isBroadcast() {
        return compareTo(H) <= 0;
    }
}
