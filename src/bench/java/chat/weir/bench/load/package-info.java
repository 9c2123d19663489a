/**
 * The load generator, a process of its own beside the server that it measures: one thread, plain NIO, no WebSocket
 * library. {@link chat.weir.bench.load.LoadGenerator} runs one scenario against one server and prints its figures.
 *
 * <p>The data's way: {@link chat.weir.bench.load.Client} reads into the one buffer that all share,
 * {@link chat.weir.bench.load.ServerFrames} finds the frames in it, and {@link chat.weir.bench.load.FrameListener} is
 * what a scenario makes of them. On the way of a broadcast nothing is allocated and no string is built: on one core
 * the generator has to take more deliveries than any server on another can make. And every one of them is checked by
 * {@link chat.weir.bench.load.DeliveryCheck}: a figure that was reached by losing messages is none.
 */
@NullMarked
package chat.weir.bench.load;

import org.jspecify.annotations.NullMarked;
