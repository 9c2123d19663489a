package chat.weir.websocket;

import chat.weir.websocket.handshake.ConnectionLimits;
import chat.weir.websocket.handshake.ConnectionSlot;
import chat.weir.websocket.handshake.IdleConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;

/** Accepts connections and hands each over at once, as {@link ChatServer} does with those that are not WebSockets. */
public final class TestListener implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final ConnectionLimits limits = new ConnectionLimits(100_000, 0);
    private final HttpConnections http;
    private final CountDownLatch ended = new CountDownLatch(1);

    public TestListener(HttpConnections http) {
        this.http = http;
        try {
            listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "test-listener");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel socket = listener.accept();
                socket.configureBlocking(false);
                limits.enter();
                InetAddress peer = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
                http.take(new HandedOverSocket(
                        socket,
                        peer,
                        ByteBuffer.allocate(0),
                        selector,
                        new ConnectionSlot(limits),
                        new IdleConnections()));
            }
        } catch (IOException e) {
            ended.countDown();
        }
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    /** How many connections have not been closed. */
    public int connections() {
        return limits.sockets();
    }

    @Override
    public void close() {
        try {
            listener.close();
            selector.close();
            ended.await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
