package chat.weir.bench.load;

import java.util.Arrays;

/**
 * Counts durations in buckets whose width grows with their value: exact below 128 ns, and with an error
 * of at most 1/64 above. Recording is an addition in an array.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Histogram {
    private static final int BITS = 6;
    private static final int HALF = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * HALF];
    private long total;

    void record(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /** The quantile of the given share, as the upper bound of its bucket in milliseconds. */
    double quantileMillis(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return upperEnd(i) / 1e6;
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return (shift << BITS) + (int) (nanos >>> shift);
    }

    private static long upperEnd(int bucket) {
        int shift = Math.max(0, (bucket >>> BITS) - 1);
        return ((long) (bucket - (shift << BITS)) << shift) + (1L << shift) - 1;
    }
}
