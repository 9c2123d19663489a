package chat.weir;

import chat.weir.supervision.Progress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server's own port for its health, as a client would: the answer takes the way through the listening socket,
 * the selector and the HTTP server.
 *
 * <p>Threading: confined to the watchdog's thread.
 */
final class HealthProbe implements Progress {
    private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);

    private final InetAddress host;
    private final int port;
    private final String request;
    private final int timeoutMillis;
    private final AtomicLong answers = new AtomicLong();

    /** The system took the last connection for the server, which has yet to accept it. */
    private volatile boolean isConnected;

    /**
     * Asks a port of this process.
     *
     * @param host that the server listens on; where that is all addresses, loopback is asked
     * @param timeout for the connection, and again for the answer
     */
    HealthProbe(InetAddress host, int port, String basePath, Duration timeout) {
        this.host = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
        this.port = port;
        this.timeoutMillis = (int) timeout.toMillis();
        this.request = "GET " + basePath + "/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    @Override
    public String part() {
        return "port";
    }

    @Override
    public boolean hasWork() {
        return true;
    }

    /**
     * Asks, and returns how often the server reacted so far. Being turned away counts: a full server refuses this
     * connection like any other, and works.
     */
    @Override
    public long steps() {
        isConnected = false;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(timeoutMillis);
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            isConnected = true;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            int unused = socket.getInputStream().read();
            answers.incrementAndGet();
        } catch (ConnectException | SocketTimeoutException e) {
            log.warn("the own port does not answer port={} reason=\"{}\"", port, e.getMessage());
        } catch (IOException e) {
            // Closed or reset by the server, which is an answer.
            answers.incrementAndGet();
            log.debug("the own port turned the watchdog away", e);
        }
        return answers.get();
    }

    /**
     * The selector's part in it, to be looked at after this one: it tells a selector that stands still from an HTTP
     * server that does.
     *
     * @param accepted how many connections the selector has accepted
     */
    Progress selector(LongSupplier accepted) {
        return new Selector(accepted);
    }

    private final class Selector implements Progress {
        private final LongSupplier accepted;

        Selector(LongSupplier accepted) {
            this.accepted = accepted;
        }

        @Override
        public String part() {
            return "selector";
        }

        /** There is a connection of this process for it to accept. */
        @Override
        public boolean hasWork() {
            return isConnected;
        }

        @Override
        public long steps() {
            return accepted.getAsLong();
        }
    }
}
