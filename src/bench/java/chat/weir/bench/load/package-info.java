/**
 * The load generator, which runs in its own process: one thread, plain NIO, no WebSocket library. {@link
 * chat.weir.bench.load.LoadGenerator} runs one scenario against one server and prints its figures.
 *
 * <p>The data's path: {@link chat.weir.bench.load.Client} reads into a shared buffer, {@link
 * chat.weir.bench.load.ServerFrames} finds the frames in it, and {@link chat.weir.bench.load.FrameListener} passes them
 * to a scenario. The path of a broadcast allocates nothing and builds no string, because the generator on one core must
 * receive more deliveries than any server on another core can send. Every delivery is checked by {@link
 * chat.weir.bench.load.DeliveryCheck}: a run that loses messages has no result.
 */
@NullMarked
package chat.weir.bench.load;

import org.jspecify.annotations.NullMarked;
