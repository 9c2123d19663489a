package chat.weir.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.DoubleSupplier;

/**
 * All metrics of one server: counters, gauges that are read at each scrape, and the metrics of the JVM and the
 * connection pools.
 *
 * <p>Threading: safe.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private final Counter messages = counter("weir.messages", "Messages received and accepted");
    private final Counter deliveries = counter("weir.deliveries", "Frames handed to members of channels");
    private final Counter sentBytes = counter("weir.sent.bytes", "Bytes written to WebSockets");
    private final Counter lateHeartbeats = counter("weir.heartbeats.late", "Slots of heartbeats that began late");
    private final Counter groupCommits = counter("weir.group.commits", "Transactions that stored messages");
    private final Counter failedCommits = counter("weir.group.commit.failures", "Batches that were not stored");
    private final Counter readPositionCommits =
            counter("weir.read.position.commits", "Transactions that stored read positions");
    private final Counter refusedReadPositions =
            counter("weir.read.positions.refused", "Read positions refused because too many were waiting");
    private final Counter handshakes = counter("weir.handshakes", "WebSockets opened");
    private final Counter handovers = counter("weir.handovers", "Connections handed to the HTTP server");
    private final Counter returns = counter("weir.returns", "Connections that came back for a WebSocket");
    private final Counter stalls = counter("weir.watchdog.stalls", "Parts of the server found stuck");

    private final LabelledCounter envelopes = labelled("weir_envelopes", "Envelopes received, by type", "type");
    private final LabelledCounter errors = labelled("weir_errors", "Error envelopes sent, by reason", "reason");
    private final LabelledCounter refusals =
            labelled("weir_refusals", "Connections refused before they opened, by reason", "reason");
    private final LabelledCounter closes = labelled("weir_closes", "WebSockets closed, by close code", "code");

    private final Histogram commitSeconds =
            histogram("weir_commit_seconds", "From receiving a message to its commit", Histogram.ofNanos());
    private final Histogram deliverySeconds = histogram(
            "weir_delivery_seconds", "From receiving a message to its last member's outbox", Histogram.ofNanos());
    private final Histogram broadcastMessages =
            histogram("weir_broadcast_messages", "Messages in one write to a channel's members", Histogram.ofCounts());
    private final Histogram groupCommitMessages =
            histogram("weir_group_commit_messages", "Messages in one transaction", Histogram.ofCounts());
    private final Histogram groupCommitSeconds = histogram(
            "weir_group_commit_seconds", "Duration of a transaction that stores messages", Histogram.ofNanos());

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private Counter counter(String name, String help) {
        Counter counter = new Counter();
        FunctionCounter.builder(name, counter, Counter::value).description(help).register(registry);
        return counter;
    }

    private LabelledCounter labelled(String name, String help, String label) {
        LabelledCounter counter = new LabelledCounter();
        registry.getPrometheusRegistry().register(new LabelledCollector(name, help, label, counter));
        return counter;
    }

    private Histogram histogram(String name, String help, Histogram histogram) {
        registry.getPrometheusRegistry().register(new HistogramCollector(name, help, histogram));
        return histogram;
    }

    /** Registers a value that is read at each scrape. The supplier must not block. */
    public void gauge(String name, String help, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .description(help)
                .strongReference(true)
                .register(registry);
    }

    /** Like {@link #gauge(String, String, DoubleSupplier)}, with a label. */
    public void gauge(String name, String help, String label, String labelValue, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .description(help)
                .tag(label, labelValue)
                .strongReference(true)
                .register(registry);
    }

    public Counter messages() {
        return messages;
    }

    public Counter deliveries() {
        return deliveries;
    }

    public Counter sentBytes() {
        return sentBytes;
    }

    public Counter lateHeartbeats() {
        return lateHeartbeats;
    }

    public Counter groupCommits() {
        return groupCommits;
    }

    public Counter failedCommits() {
        return failedCommits;
    }

    public Counter readPositionCommits() {
        return readPositionCommits;
    }

    public Counter refusedReadPositions() {
        return refusedReadPositions;
    }

    public Counter handshakes() {
        return handshakes;
    }

    public Counter handovers() {
        return handovers;
    }

    public Counter returns() {
        return returns;
    }

    public Counter stalls() {
        return stalls;
    }

    public LabelledCounter envelopes() {
        return envelopes;
    }

    public LabelledCounter errors() {
        return errors;
    }

    public LabelledCounter refusals() {
        return refusals;
    }

    public LabelledCounter closes() {
        return closes;
    }

    public Histogram commitSeconds() {
        return commitSeconds;
    }

    public Histogram deliverySeconds() {
        return deliverySeconds;
    }

    public Histogram broadcastMessages() {
        return broadcastMessages;
    }

    public Histogram groupCommitMessages() {
        return groupCommitMessages;
    }

    public Histogram groupCommitSeconds() {
        return groupCommitSeconds;
    }

    /** For libraries that register their own metrics. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All metrics in Prometheus text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
