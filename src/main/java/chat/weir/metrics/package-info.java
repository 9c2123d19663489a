/**
 * What the server counts and measures, by name, for {@code GET /metrics}. Every other package may count here; nothing
 * here knows any of them. Counting costs an uncontended add, since the busiest counters are on a message's path.
 *
 * <p>No metric has a channel, a user or an address as a label, so the number of time series does not grow with use.
 */
@NullMarked
package chat.weir.metrics;

import org.jspecify.annotations.NullMarked;
