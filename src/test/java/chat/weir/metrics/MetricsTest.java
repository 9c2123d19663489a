package chat.weir.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    private void expect(String line) {
        String text = metrics.scrape();
        assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
    }

    @Test
    void reportsCountersByTheirNames() {
        metrics.messages().increment();
        metrics.deliveries().add(41);
        metrics.deliveries().increment();
        expect("weir_messages_total 1.0");
        expect("weir_deliveries_total 42.0");
    }

    @Test
    void reportsEachValueOfALabel() {
        metrics.errors().increment("muted");
        metrics.errors().increment("rate_limited");
        metrics.errors().increment("muted");
        expect("weir_errors_total{reason=\"muted\"} 2.0");
        expect("weir_errors_total{reason=\"rate_limited\"} 1.0");
    }

    @Test
    void boundsTheValuesOfALabel() {
        for (int i = 0; i < 10_000; i++) {
            metrics.closes().increment("code" + i);
        }
        assertEquals(LabelledCounter.MAX_VALUES + 1, metrics.closes().values().size());
        assertEquals(10_000 - LabelledCounter.MAX_VALUES, metrics.closes().value(LabelledCounter.OTHER));
    }

    @Test
    void reportsHistogramsCumulatively() {
        metrics.groupCommitMessages().record(1);
        metrics.groupCommitMessages().record(3);
        metrics.groupCommitMessages().record(100_000);
        expect("weir_group_commit_messages_bucket{le=\"1.0\"} 1");
        expect("weir_group_commit_messages_bucket{le=\"4.0\"} 2");
        expect("weir_group_commit_messages_bucket{le=\"+Inf\"} 3");
        expect("weir_group_commit_messages_count 3");
        expect("weir_group_commit_messages_sum 100004.0");
    }

    @Test
    void readsGaugesWhenAsked() {
        double[] value = {1};
        metrics.gauge("weir.channels", "Channels", () -> value[0]);
        metrics.gauge("weir.connections", "Connections", "state", "pending", () -> value[0] + 1);
        value[0] = 7;
        expect("weir_channels 7.0");
        expect("weir_connections{state=\"pending\"} 8.0");
    }

    @Test
    void reportsTheJvm() {
        String text = metrics.scrape();
        for (String name : List.of("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_files_open_files")) {
            assertTrue(text.contains("\n" + name), name);
        }
    }
}
