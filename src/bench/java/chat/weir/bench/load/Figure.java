package chat.weir.bench.load;

import java.util.Locale;

/** A quantity that a scenario measures, with its unit and its number of significant decimals. */
public enum Figure {
    DELIVERIES("deliveries/s", 0),
    DELIVERY_CPU("CPU per delivery, µs", 3),
    LATENCY_P50("latency p50, ms", 2),
    LATENCY_P99("latency p99, ms", 2),
    LATENCY_P999("latency p99.9, ms", 2),
    CONNECTIONS("connections", 0),
    HEARTBEATS("heartbeats answered/s", 0),
    SERVER_CORE("server, % of a core", 1),
    CONNECTION_HEAP("live heap per connection, KB", 2),
    CONNECTION_RSS("RSS per connection, KB", 2),
    HANDSHAKES("handshakes/s", 0),
    HANDSHAKE_CPU("CPU per handshake, µs", 1),
    ARRIVALS_TOLD("announced arrivals, %", 1),
    SERVER_CPU("server CPU, s", 2),
    RECEIVED("sent to clients, MB", 2),
    SECONDS("until the last announcement, s", 1),
    LAST_ARRIVAL("until the last arrival, s", 1),
    GENERATOR_CORE("load generator, % of a core", 1);

    private final String title;
    private final int decimals;

    Figure(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    public String title() {
        return title;
    }

    public String format(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
