/**
 * Metrics for {@code GET /metrics}. Every other package may use this one; it depends on none.
 *
 * <p>Counting costs one uncontended add, because the busiest counters are on a message's path. No metric has a channel,
 * user or address as label, so the number of time series does not grow with use.
 */
@NullMarked
package chat.weir.metrics;

import org.jspecify.annotations.NullMarked;
