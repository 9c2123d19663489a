package chat.weir.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void countsAValueInTheFirstBucketThatIncludesIt() {
        Histogram counts = Histogram.ofCounts();
        for (long value : new long[] {0, 1, 2, 3, 4, 5, 8, 9, 32_768, 32_769, Long.MAX_VALUE / 2}) {
            counts.record(value);
        }
        assertArrayEquals(new long[] {2, 1, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2}, counts.counts());
        assertEquals(11, counts.count());
    }

    @Test
    void reportsSecondsForNanoseconds() {
        Histogram durations = Histogram.ofNanos();
        durations.record(1_500_000_000L, 2);
        assertEquals(3.0, durations.sum());
        assertEquals(2, durations.count());
        double[] bounds = durations.upperBounds();
        assertEquals(65.536e-6, bounds[0]);
        assertEquals(8.589934592, bounds[bounds.length - 2]);
        assertEquals(Double.POSITIVE_INFINITY, bounds[bounds.length - 1]);
        int bucket = Arrays.binarySearch(bounds, 2.147483648);
        assertEquals(2, durations.counts()[bucket]);
    }
}
