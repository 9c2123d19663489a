package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The naive floor: what a broadcast costs the kernel if each message is written to each member at once, and nothing
 * else is done. One direct buffer holds the frame for all of them.
 *
 * <p>Threading: confined to the thread of its loop.
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
    public void endOfPass() {
        // nothing waits for the end of a pass here
    }
}
