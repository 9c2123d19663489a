package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The gathered floor: what a broadcast costs the kernel if all that a channel has to say after one pass over the
 * selected keys goes to each member as one write. This is as little as a server can do on one thread without leaving
 * the socket interface.
 *
 * <p>Threading: confined to the thread of its loop.
 */
final class GatheredFloor implements Delivery {
    private final List<FloorChannel> speaking = new ArrayList<>();

    public static void main(String[] args) throws IOException {
        new FloorLoop(Integer.parseInt(args[0]), new GatheredFloor()).run();
    }

    @Override
    public void message(FloorChannel channel, ByteBuffer masked, ClientFrame received) {
        ByteBuffer run = channel.run();
        if (run.position() == 0) {
            speaking.add(channel);
        } else if (run.remaining() < FloorFrames.MAX_FRAME_BYTES) {
            channel.writeToAll(run.flip());
            run.clear();
        }
        FloorFrames.putBroadcast(run, masked, received);
    }

    @Override
    public void endOfPass() {
        for (FloorChannel channel : speaking) {
            channel.writeToAll(channel.run().flip());
            channel.run().clear();
        }
        speaking.clear();
    }
}
