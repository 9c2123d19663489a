/**
 * What was measured, and how it is told: the {@link chat.weir.bench.report.Run}s of a benchmark, their medians and
 * ratios as tables, and every single one of them as JSON.
 */
@NullMarked
package chat.weir.bench.report;

import org.jspecify.annotations.NullMarked;
