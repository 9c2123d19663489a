package chat.weir.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;

/**
 * Scenario F: clients that connect, complete the handshake and disconnect. They close with a reset, so that no port
 * stays in TIME_WAIT.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class HandshakeLoad {
    /** Less than 50, the default backlog of a Java server socket. */
    private static final int AT_ONCE = 48;

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final LoadOptions options;
    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final Poller poller;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);
    private int begun;
    private int done;

    HandshakeLoad(LoadOptions options) throws IOException {
        this.options = options;
        this.poller = new Poller(selector, options.spin());
        this.server = Loopback.server(options.target().port());
    }

    Figures run() throws IOException {
        try (selector) {
            long deadline = System.nanoTime() + LIMIT.toNanos();
            shakeHands(options.count() * 3 / 2, deadline);
            int before = done;
            Period period = Period.begin(options, poller);
            shakeHands(before + options.count(), deadline);
            period.end();
            Map<Figure, Double> values = Map.of(
                    Figure.HANDSHAKES,
                    (done - before) / period.seconds(),
                    Figure.HANDSHAKE_CPU,
                    period.serverCpuSeconds() * 1e6 / (done - before),
                    Figure.SERVER_CORE,
                    period.serverCorePercent(),
                    Figure.GENERATOR_CORE,
                    period.generatorCorePercent());
            return new Figures(values, period.threadCorePercents());
        }
    }

    private void shakeHands(int count, long deadline) throws IOException {
        while (done < count) {
            while (begun - done < AT_ONCE) {
                begin();
            }
            try {
                poller.poll(this::serve, 100);
            } catch (UncheckedIOException e) {
                throw new LoadFailure("handshake " + done, e);
            }
            if (System.nanoTime() > deadline) {
                throw new LoadFailure("only " + done + " of " + count + " handshakes in " + LIMIT.toSeconds() + " s");
            }
        }
    }

    private void begin() throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.configureBlocking(false);
        begun++;
        if (socket.connect(server)) {
            ask(socket);
            socket.register(selector, SelectionKey.OP_READ);
        } else {
            socket.register(selector, SelectionKey.OP_CONNECT);
        }
    }

    private void serve(SelectionKey key) {
        SocketChannel socket = (SocketChannel) key.channel();
        try {
            if (key.isConnectable() && socket.finishConnect()) {
                ask(socket);
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                receive(socket);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ask(SocketChannel socket) throws IOException {
        socket.write(ClientHandshake.request("/handshake-" + begun % 100, server.getPort()));
    }

    /** The server sends its response as one segment; anything after it is ignored. */
    private void receive(SocketChannel socket) throws IOException {
        int count = socket.read(buffer.clear());
        if (count < 0 || !ClientHandshake.readResponse(buffer.flip())) {
            throw new LoadFailure("no whole answer to handshake " + done);
        }
        socket.close();
        done++;
    }
}
