package chat.weir.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;

/** Reports a {@link Histogram} to Prometheus. */
record HistogramCollector(String name, String help, Histogram histogram) implements Collector {
    @Override
    public HistogramSnapshot collect() {
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(
                                ClassicHistogramBuckets.of(histogram.upperBounds(), histogram.counts()))
                        .sum(histogram.sum())
                        .build())
                .build();
    }
}
