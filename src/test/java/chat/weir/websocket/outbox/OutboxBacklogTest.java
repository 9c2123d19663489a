package chat.weir.websocket.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.frame.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class OutboxBacklogTest {
    private static final int PAYLOAD = 100;
    private static final int FRAME = PAYLOAD + 2;
    private static final int FRAMES = 1_000;

    /** A batch of frames whose first {@code sent} bytes have been written. */
    private static ByteBuffer batch(int sent) {
        Frame frame = Frame.pong(new byte[PAYLOAD]);
        ByteBuffer batch = ByteBuffer.allocate(FRAMES * FRAME);
        for (int i = 0; i < FRAMES; i++) {
            frame.putInto(batch);
        }
        return batch.flip().position(sent);
    }

    private static byte[] written(OutboxBacklog backlog, int length) throws IOException {
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel out = SocketChannel.open(listener.getLocalAddress());
                SocketChannel in = listener.accept()) {
            backlog.writeTo(out);
            ByteBuffer read = ByteBuffer.allocate(length);
            while (read.hasRemaining()) {
                assertTrue(in.read(read) > 0);
            }
            return read.array();
        }
    }

    @Test
    void keepsTheRestOfAPartlySentFrame() throws IOException {
        OutboxBacklog backlog = new OutboxBacklog(batch(5 * FRAME + 30), 0);
        backlog.add(batch(0));
        backlog.dropWhatIsNotBegun();
        assertEquals(FRAME - 30, backlog.bytes());
        assertEquals(FRAME - 30, written(backlog, FRAME - 30).length);
        assertTrue(backlog.isEmpty());
    }

    @Test
    void keepsNothingBetweenTwoFrames() {
        OutboxBacklog backlog = new OutboxBacklog(batch(5 * FRAME), 0);
        backlog.dropWhatIsNotBegun();
        assertTrue(backlog.isEmpty());
        assertEquals(0, backlog.capacity());
    }

    /** After a disconnect, only the rest of the current frame counts. */
    @Test
    void releasesTheMemoryOfDroppedFrames() {
        OutboxBacklog backlog = new OutboxBacklog(batch(1), 0);
        backlog.dropWhatIsNotBegun();
        assertEquals(FRAME, backlog.capacity());
    }

    @Test
    void canDropTwice() {
        OutboxBacklog backlog = new OutboxBacklog(batch(7 * FRAME + 1), 0);
        backlog.dropWhatIsNotBegun();
        backlog.add(batch(0));
        backlog.dropWhatIsNotBegun();
        assertEquals(FRAME - 1, backlog.bytes());
    }
}
