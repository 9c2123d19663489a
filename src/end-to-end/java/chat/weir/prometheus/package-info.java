/** A real Prometheus that scrapes the jar: Debian's package {@code prometheus}, which has {@code promtool} too. */
package chat.weir.prometheus;
