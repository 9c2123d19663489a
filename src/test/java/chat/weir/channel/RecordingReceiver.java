package chat.weir.channel;

import chat.weir.channel.broadcast.FrameReceiver;
import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Records the received frames as text. */
final class RecordingReceiver implements FrameReceiver {
    final List<String> heard = new ArrayList<>();
    int reserved;
    int room = 10_000;

    @Override
    public boolean reserve(int bytes) {
        if (reserved + bytes > room) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    @Override
    public void unreserve(int bytes) {
        reserved -= bytes;
    }

    @Override
    public void deliver(ByteBuffer frames) {
        byte[] bytes = new byte[frames.remaining()];
        frames.get(bytes);
        heard.add(new String(bytes, StandardCharsets.UTF_8).replaceAll("[^ -~]+.?(?=\\{)", ""));
    }

    @Override
    public void deliver(Frame frame) {
        ByteBuffer one = ByteBuffer.allocate(frame.length());
        frame.putInto(one);
        deliver(one.flip());
    }
}
