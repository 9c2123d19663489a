package chat.weir.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A counter per value of one label, such as the reason of an error. Has at most {@value #MAX_VALUES} values; all
 * further ones count as {@value #OTHER}.
 *
 * <p>Threading: safe.
 */
public final class LabelledCounter {
    static final int MAX_VALUES = 100;
    static final String OTHER = "other";

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    LabelledCounter() {}

    /** Reports these values with 0 from the start, so that Prometheus sees their first increase. */
    public void begin(Stream<String> values) {
        values.forEach(this::counter);
    }

    public void increment(String value) {
        Counter counter = counters.get(value);
        (counter == null ? counter(value) : counter).increment();
    }

    private Counter counter(String value) {
        String key = counters.size() < MAX_VALUES ? value : OTHER;
        return counters.computeIfAbsent(key, k -> new Counter());
    }

    public long value(String value) {
        Counter counter = counters.get(value);
        return counter == null ? 0 : counter.value();
    }

    /** All values, sorted. */
    Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        counters.forEach((value, counter) -> values.put(value, counter.value()));
        return values;
    }
}
