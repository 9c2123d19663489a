/**
 * {@code make bench}: measures what Weir and other servers deliver per core under the same load. {@link
 * chat.weir.bench.Benchmark} starts each server and the load generator as separate processes, each pinned to a core if
 * possible. The reference servers are in {@code chat.weir.bench.reference}, the generator in {@code
 * chat.weir.bench.load}, the tables in {@code chat.weir.bench.report}.
 */
@NullMarked
package chat.weir.bench;

import org.jspecify.annotations.NullMarked;
