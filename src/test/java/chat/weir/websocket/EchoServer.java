package chat.weir.websocket;

import chat.weir.command.SocketListener;
import chat.weir.command.SocketListenerFactory;
import chat.weir.connection.ClientTransport;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.Frame;
import chat.weir.testing.WireFrame;
import chat.weir.worker.MemoryBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The WebSocket stack (listener, handshake, decoder, outbox) with an echo of every message, for conformance suites.
 * Listens on 127.0.0.1 only.
 *
 * <p>Arguments: the port (0: a free one, which it prints), and the maximum size of messages in bytes.
 */
public final class EchoServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 1_000;
    private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(60);

    private final ServerSocketChannel listener;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Metrics metrics = new Metrics();
    private final ChatServer server;

    private EchoServer(int port, int maxMessageBytes) throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server = new ChatServer(
                listener,
                settings(maxMessageBytes),
                new Echoes(),
                new NoAfterwork(),
                EchoServer::refuse,
                () -> System.err.println("the network loop has ended"));
        server.start(scheduler);
    }

    /** Runs until the process is ended. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: EchoServer PORT MAX_MESSAGE_BYTES");
            System.exit(2);
        }
        EchoServer echo = start(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("listening port=" + echo.port());
    }

    static EchoServer start(int port, int maxMessageBytes) throws IOException {
        return new EchoServer(port, maxMessageBytes);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private SocketConfig settings(int maxMessageBytes) {
        return new SocketConfig(
                List.of(),
                List.of(),
                MAX_CONNECTIONS,
                0,
                maxMessageBytes,
                4 * (maxMessageBytes + WireFrame.MAX_HEADER_BYTES),
                new MemoryBudget(Long.MAX_VALUE),
                new MemoryBudget(Long.MAX_VALUE),
                RECEIVE_TIMEOUT,
                System::nanoTime,
                metrics,
                () -> Long.MAX_VALUE / 2);
    }

    private static void refuse(HandedOverSocket socket) {
        try {
            socket.channel().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            socket.closed();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.closeAll(CloseCode.GOING_AWAY.number(), "the server is going away");
            server.terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        scheduler.shutdownNow();
        metrics.close();
    }

    private static final class Echoes implements SocketListenerFactory {
        @Override
        public Optional<SocketListener> open(ClientTransport transport, String target) {
            return Optional.of(new Echo(transport));
        }

        @Override
        public void refuse(ClientTransport transport, ChatException error, CloseCode code) {
            transport.deliver(Frame.close(code.number(), error.text()));
        }
    }

    private static final class Echo implements SocketListener {
        private final ClientTransport transport;

        Echo(ClientTransport transport) {
            this.transport = transport;
        }

        @Override
        public void receiveText(byte[] utf8, int length) {
            send(WireFrame.TEXT, Arrays.copyOf(utf8, length));
        }

        @Override
        public void receiveBinary(byte[] bytes, int length) {
            send(WireFrame.BINARY, Arrays.copyOf(bytes, length));
        }

        private void send(int opcode, byte[] payload) {
            transport.deliver(ByteBuffer.wrap(new WireFrame(true, opcode, payload).unmasked()));
        }

        @Override
        public void receivePing(byte[] payload) {
            transport.deliver(Frame.pong(payload));
        }

        @Override
        public void receivePong() {
            // Not used.
        }

        @Override
        public void close(int code, String reason) {
            transport.deliver(Frame.close(code, reason));
        }

        @Override
        public void closed() {
            // No resources.
        }

        @Override
        public String channel() {
            return "echo";
        }
    }

    private static final class NoAfterwork implements SelectorCycleListener {
        @Override
        public void begin() {
            // Nothing to prepare.
        }

        @Override
        public boolean hasPendingWork() {
            return false;
        }

        @Override
        public void end() {
            // Nothing to do.
        }
    }
}
