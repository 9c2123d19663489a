package chat.weir.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A counter for each value of one label, such as the reason of an error. There are at most {@value #MAX_VALUES} values;
 * what comes after them counts as {@value #OTHER}.
 *
 * <p>Threading: safe.
 */
public final class LabelledCounter {
    static final int MAX_VALUES = 100;
    static final String OTHER = "other";

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    LabelledCounter() {}

    /** Reports these values from the beginning, with 0: so their first increase is seen as one. */
    public void begin(Stream<String> values) {
        values.forEach(this::added);
    }

    public void increment(String value) {
        Counter counter = counters.get(value);
        (counter == null ? added(value) : counter).increment();
    }

    private Counter added(String value) {
        String counted = counters.size() < MAX_VALUES ? value : OTHER;
        return counters.computeIfAbsent(counted, v -> new Counter());
    }

    public long value(String value) {
        Counter counter = counters.get(value);
        return counter == null ? 0 : counter.value();
    }

    /** All values so far, sorted. */
    Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        counters.forEach((value, counter) -> values.put(value, counter.value()));
        return values;
    }
}
