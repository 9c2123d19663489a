package chat.weir.websocket.outbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.metrics.Metrics;
import chat.weir.protocol.frame.Frame;
import chat.weir.websocket.outbox.Outbox.Outcome;
import chat.weir.worker.MemoryBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int MAX_BYTES = 1_000_000;
    private static final int BUDGET = 3_000_000;
    /** More than the buffers of two sockets hold. */
    private static final int LARGE = 8_000_000;

    private static final byte[] PAYLOAD = "x".repeat(100).getBytes(US_ASCII);

    private final MemoryBudget budget = new MemoryBudget(BUDGET);
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Frame> closes = new ArrayList<>();

    private Selector selector;
    private SocketChannel client;
    private SocketChannel socket;
    private SelectionKey key;
    private Outbox outbox;

    private final class Listener implements Outbox.Listener {
        @Override
        public void after(Outcome outcome) {
            assertFalse(Thread.holdsLock(outbox));
            outcomes.add(outcome);
        }

        @Override
        public void closeTaken(Frame close) {
            closes.add(close);
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public Optional<String> ownAddress() {
            return Optional.of("127.0.0.1");
        }
    }

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            client = SocketChannel.open(listening.getLocalAddress());
            socket = listening.accept();
        }
        selector = Selector.open();
        socket.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
        socket.configureBlocking(false);
        key = socket.register(selector, SelectionKey.OP_READ);
        outbox =
                new Outbox(new Listener(), socket, key, new OutboxConfig(MAX_BYTES, budget, new Metrics().sentBytes()));
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        socket.close();
        selector.close();
    }

    /** Whole frames, together so long. */
    private static ByteBuffer frames(int bytes) {
        Frame frame = Frame.pong(PAYLOAD);
        int count = bytes / frame.length();
        ByteBuffer frames = ByteBuffer.allocate(count * frame.length());
        for (int i = 0; i < count; i++) {
            frame.putInto(frames);
        }
        return frames.flip();
    }

    private String read(int bytes) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(bytes);
        while (read.hasRemaining() && client.read(read) >= 0) {
            // Until everything is there.
        }
        return new String(read.array(), 0, read.position(), US_ASCII);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    /** Fills the socket, so that everything that follows waits. */
    private void fill() throws IOException {
        while (socket.write(ByteBuffer.wrap(new byte[64 * 1024])) > 0) {
            // Until the buffers of both sides are full.
        }
    }

    /** Reads what fills the socket, and lets the outbox write what waits, as the selector does. */
    private int drain() throws IOException {
        int count = 0;
        client.configureBlocking(false);
        ByteBuffer into = ByteBuffer.allocate(64 * 1024);
        while (outbox.waitingBytes() > 0) {
            int read = client.read(into.clear());
            count += Math.max(0, read);
            outbox.flush();
        }
        client.configureBlocking(true);
        return count;
    }

    @Test
    void writesAtOnceWhatTheSocketTakes() throws IOException {
        outbox.deliver(text("hello"));
        assertEquals("hello", read(5));
        assertEquals(0, outbox.waitingBytes());
        assertEquals(SelectionKey.OP_READ, key.interestOps());
        assertEquals(List.of(), outcomes);
    }

    @Test
    void keepsTheRestAndAsksTheSelectorForRoom() throws IOException {
        fill();
        outbox.deliver(text("one"));
        outbox.deliver(text("two"));
        assertEquals(6, outbox.waitingBytes());
        assertEquals(6, budget.used());
        assertEquals(SelectionKey.OP_READ | SelectionKey.OP_WRITE, key.interestOps());
        drain();
        assertEquals(0, budget.used());
        assertEquals(SelectionKey.OP_READ, key.interestOps());
        outbox.deliver(text("three"));
        socket.shutdownOutput();
        String last = read(LARGE);
        assertTrue(last.endsWith("onetwothree"), "all in their order");
        assertEquals(List.of(), outcomes);
    }

    @Test
    void closesAClientForWhomTooMuchWaits() throws IOException {
        fill();
        outbox.deliver(frames(MAX_BYTES));
        outbox.deliver(frames(200));
        assertEquals(List.of(Outcome.OVERFLOWED), outcomes);
        assertTrue(outbox.waitingBytes() < 200, "only the close frame");
        assertEquals(outbox.waitingBytes(), budget.used());
        outbox.deliver(text("late"));
        assertEquals(List.of(Outcome.OVERFLOWED, Outcome.DROPPED), outcomes);
        drain();
        assertEquals(0, budget.used());
        assertTrue(read(LARGE).endsWith("you read too slowly"));
        assertEquals(List.of(Outcome.OVERFLOWED, Outcome.DROPPED), outcomes);
    }

    @Test
    void finishesTheFrameThatIsPartlySentBeforeItCloses() throws IOException {
        ByteBuffer all = frames(LARGE);
        int frame = Frame.pong(PAYLOAD).length();
        outbox.deliver(all);
        assertEquals(List.of(Outcome.OVERFLOWED), outcomes);
        int before = drain();
        int close = Frame.close(4008, "you read too slowly").length();
        int rest = read(LARGE).length();
        assertEquals(0, (before + rest - close) % frame, "whole frames, and the close frame");
    }

    @Test
    void sharesABudgetWithAllOthers() throws IOException {
        assertTrue(budget.take(BUDGET));
        fill();
        outbox.deliver(frames(1_000));
        assertEquals(List.of(Outcome.OVERFLOWED), outcomes);
        budget.giveBack(BUDGET);
        drain();
        assertEquals(0, budget.used());
    }

    @Test
    void countsWhatWaitsInChannels() {
        assertTrue(outbox.reserve(MAX_BYTES));
        assertFalse(outbox.reserve(1));
        assertEquals(MAX_BYTES, outbox.waitingBytes());
        outbox.unreserve(MAX_BYTES);
        assertTrue(outbox.reserve(1));
        assertEquals(1, budget.used());
    }

    @Test
    void deliversBehindWhatIsReleased() throws IOException {
        outbox.pause();
        outbox.deliver(text("second"));
        outbox.flush();
        assertEquals(6, outbox.waitingBytes());
        outbox.resume(text("first"));
        assertEquals("firstsecond", read(11));
        assertEquals(0, budget.used());
    }

    @Test
    void releasesNothingAfterAnOverflow() throws IOException {
        fill();
        outbox.pause();
        outbox.deliver(frames(MAX_BYTES));
        outbox.deliver(frames(200));
        outbox.resume(text("first"));
        assertEquals(List.of(Outcome.OVERFLOWED, Outcome.DROPPED), outcomes);
    }

    @Test
    void endsItsOutputBehindACloseFrame() throws IOException {
        Frame close = Frame.close(1000, "bye");
        outbox.deliver(close);
        assertEquals(List.of(close), closes);
        assertEquals(List.of(Outcome.FINISHED), outcomes);
        outbox.deliver(text("late"));
        outbox.deliver(Frame.close(1001, "later"));
        assertEquals(List.of(Outcome.FINISHED, Outcome.DROPPED, Outcome.DROPPED), outcomes);
        assertEquals(1, closes.size());
        assertTrue(read(LARGE).endsWith("bye"), "and then the end of the stream");
    }

    @Test
    void endsItsOutputWhenAWaitingCloseFrameIsWritten() throws IOException {
        fill();
        outbox.deliver(Frame.close(1000, "bye"));
        assertEquals(1, closes.size());
        assertEquals(List.of(), outcomes);
        client.configureBlocking(false);
        ByteBuffer into = ByteBuffer.allocate(64 * 1024);
        Outcome outcome = Outcome.TAKEN;
        while (outcome == Outcome.TAKEN) {
            client.read(into.clear());
            outcome = outbox.flush();
        }
        assertEquals(Outcome.FINISHED, outcome);
    }

    @Test
    void dropsWhatIsForABrokenSocket() throws IOException {
        fill();
        outbox.deliver(text("waits"));
        socket.close();
        outbox.deliver(text("more"));
        outbox.discard();
        assertEquals(0, outbox.waitingBytes());
        assertEquals(0, budget.used());
        outbox.deliver(text("late"));
        assertEquals(List.of(Outcome.DROPPED), outcomes);
    }

    @Test
    void notesABrokenSocketWhenItWrites() throws IOException {
        socket.close();
        outbox.deliver(text("lost"));
        outbox.deliver(text("lost"));
        assertEquals(List.of(Outcome.DROPPED, Outcome.DROPPED), outcomes);
    }

    @Test
    void sendsAResponseAndNothingBehindTheLast() throws IOException {
        assertEquals(Outcome.TAKEN, outbox.write("101".getBytes(US_ASCII), false));
        assertEquals(Outcome.FINISHED, outbox.write("400".getBytes(US_ASCII), true));
        assertEquals(Outcome.DROPPED, outbox.write("500".getBytes(US_ASCII), true));
        assertEquals("101400", read(LARGE));
    }
}
