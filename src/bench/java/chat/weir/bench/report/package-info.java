/**
 * The results and their report: the {@link chat.weir.bench.report.Run}s of a benchmark, their medians and ratios as
 * tables, and every run as JSON.
 */
@NullMarked
package chat.weir.bench.report;

import org.jspecify.annotations.NullMarked;
