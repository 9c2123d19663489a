/**
 * {@code make bench}: what Weir delivers per core, beside what other servers deliver under the same load in the same
 * run. {@link chat.weir.bench.Benchmark} starts each server as a process of its own, and beside it the load generator
 * as another; each is pinned to a core where that is possible. The servers to compare with are in
 * {@code chat.weir.bench.reference}, the generator in {@code chat.weir.bench.load}, the tables in
 * {@code chat.weir.bench.report}.
 */
@NullMarked
package chat.weir.bench;

import org.jspecify.annotations.NullMarked;
