package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The naive floor: the kernel's cost of a broadcast if each message is written to each member immediately, and nothing
 * else is done. All members share one direct buffer.
 *
 * <p>Threading: confined to its loop's thread.
 */
final class NaiveFloor implements Delivery {
    private final ByteBuffer frame = ByteBuffer.allocateDirect(FloorFrames.MAX_FRAME_BYTES);

    public static void main(String[] args) throws IOException {
        new FloorLoop(Integer.parseInt(args[0]), new NaiveFloor()).run();
    }

    @Override
    public void message(FloorChannel channel, ByteBuffer masked, ClientFrame received) {
        FloorFrames.putBroadcast(frame.clear(), masked, received);
        channel.writeToAll(frame.flip());
    }

    @Override
    public void endOfCycle() {
        // Nothing is buffered.
    }
}
