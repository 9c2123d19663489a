package chat.weir.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** Reports a {@link LabelledCounter} to Prometheus. The name is without {@code _total}. */
record LabelledCollector(String name, String help, String label, LabelledCounter counter) implements Collector {
    @Override
    public CounterSnapshot collect() {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(help);
        counter.values()
                .forEach((value, count) -> snapshot.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of(label, value))
                        .value(count)
                        .build()));
        return snapshot.build();
    }
}
