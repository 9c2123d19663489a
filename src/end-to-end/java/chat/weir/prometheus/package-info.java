/**
 * Tests with a real Prometheus that scrapes the jar, from Debian's package {@code prometheus}, which includes {@code
 * promtool}.
 */
package chat.weir.prometheus;
