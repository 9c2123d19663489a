package chat.weir.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One client of the server: its socket, the beginning of an incomplete frame, and unsent bytes. Both buffers are
 * allocated only when they are needed, so ten thousand idle clients need no buffers.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Client {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int number;
    private final SocketChannel socket;
    private final SelectionKey key;
    private ByteBuffer unread = NOTHING;
    /** In write mode: the unsent bytes are before its position. */
    private ByteBuffer unsent = NOTHING;

    private boolean connected;
    private boolean open;

    private Client(int number, SocketChannel socket, Selector selector) throws IOException {
        this.number = number;
        this.socket = socket;
        this.key = socket.register(selector, SelectionKey.OP_CONNECT, this);
    }

    static Client connect(int number, int port, Selector selector) throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.bind(Loopback.source(number));
        Client client = new Client(number, socket, selector);
        client.connected = socket.connect(Loopback.server(port));
        return client;
    }

    int number() {
        return number;
    }

    /** Whether the handshake is complete. */
    boolean isOpen() {
        return open;
    }

    void opened() {
        open = true;
    }

    void append(byte[] frame) {
        append(ByteBuffer.wrap(frame));
    }

    void append(ByteBuffer bytes) {
        if (unsent.remaining() < bytes.remaining()) {
            int needed = unsent.position() + bytes.remaining();
            unsent =
                    ByteBuffer.allocate(Math.max(needed, 2 * unsent.capacity())).put(unsent.flip());
        }
        unsent.put(bytes);
    }

    /** Writes the unsent bytes that the socket accepts now; the rest follows when it is writable. */
    void flush() throws IOException {
        if (!connected && !finishConnect()) {
            return;
        }
        if (unsent.position() > 0) {
            socket.write(unsent.flip());
            unsent.compact();
        }
        int wanted = unsent.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    private boolean finishConnect() throws IOException {
        connected = socket.finishConnect();
        return connected;
    }

    /** Fills the buffer with the kept bytes and with new input, ready to be read. @return the number of new bytes */
    int read(ByteBuffer buffer) throws IOException {
        buffer.clear().put(unread);
        int count = socket.read(buffer);
        if (count < 0) {
            throw new LoadFailure("the server closed the connection of client " + number);
        }
        buffer.flip();
        return count;
    }

    /** Keeps the remaining bytes for the next read. */
    void keep(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            if (unread.capacity() < buffer.remaining()) {
                unread = ByteBuffer.allocate(Math.max(buffer.remaining(), 256));
            }
            unread.clear().put(buffer).flip();
        }
    }

    void close() throws IOException {
        socket.close();
    }
}
