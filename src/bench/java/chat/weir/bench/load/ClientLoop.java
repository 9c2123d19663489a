package chat.weir.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The generator's event loop: connects the clients, reads with one large shared buffer, and after each read sends what
 * the listener has appended.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class ClientLoop implements Closeable {
    private static final int READ_BYTES = 256 * 1024;
    /** Less than 50, the default backlog of a Java server socket. */
    private static final int JOINING_AT_ONCE = 32;

    private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);

    private final int port;
    private final Selector selector = Selector.open();
    private final Poller poller;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ServerFrames frames;
    private long receivedBytes;

    ClientLoop(LoadOptions options, FrameListener listener) throws IOException {
        this.port = options.target().port();
        this.poller = new Poller(selector, options.spin());
        this.frames = new ServerFrames(listener, options.target().dialect());
    }

    /** Connects clients, a few at a time, and returns when all have joined their channels. */
    List<Client> join(int count, IntFunction<String> path) throws IOException {
        List<Client> clients = new ArrayList<>(count);
        long deadline = System.nanoTime() + JOIN_LIMIT.toNanos();
        while (frames.joined() < count) {
            while (clients.size() < count && clients.size() - frames.joined() < JOINING_AT_ONCE) {
                clients.add(connect(clients.size(), path.apply(clients.size())));
            }
            poll(100);
            if (System.nanoTime() > deadline) {
                throw new LoadFailure("after " + JOIN_LIMIT.toSeconds() + " s only " + frames.joined() + " of " + count
                        + " clients are in their channel");
            }
        }
        return clients;
    }

    /** Connects one client, unless too many connections are still being opened. */
    boolean connectIfPossible(int begun, String path) throws IOException {
        if (begun - frames.joined() >= JOINING_AT_ONCE) {
            return false;
        }
        connect(begun, path);
        return true;
    }

    private Client connect(int number, String path) throws IOException {
        Client client = Client.connect(number, port, selector);
        client.append(ClientHandshake.request(path, port));
        client.flush();
        return client;
    }

    /** The number of received bytes, including handshakes. */
    long receivedBytes() {
        return receivedBytes;
    }

    /** Processes all ready clients, after waiting at most so long (0: without waiting), unless it spins. */
    void poll(long millis) throws IOException {
        try {
            poller.poll(this::serve, millis);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    Poller poller() {
        return poller;
    }

    /** Processes clients as they become ready, for so long. */
    void pollFor(Duration duration) throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            poll(10);
        }
    }

    private void serve(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (key.isReadable()) {
                receive(client);
            }
            client.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(Client client) throws IOException {
        receivedBytes += client.read(buffer);
        long nanos = System.nanoTime();
        if (!client.isOpen() && ClientHandshake.readResponse(buffer)) {
            frames.opened(client);
        }
        if (client.isOpen()) {
            frames.take(client, buffer, nanos);
        }
        client.keep(buffer);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Client) key.attachment()).close();
        }
        selector.close();
    }
}
