package chat.weir.bench.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The gathered floor: the kernel's cost of a broadcast if all frames of a channel from one cycle over the selected keys
 * are written to each member at once. This is the minimum for one thread with the socket interface.
 *
 * <p>Threading: confined to its loop's thread.
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
    public void endOfCycle() {
        for (FloorChannel channel : speaking) {
            channel.writeToAll(channel.run().flip());
            channel.run().clear();
        }
        speaking.clear();
    }
}
