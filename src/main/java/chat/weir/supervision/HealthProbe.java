package chat.weir.supervision;

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
 * Checks the server's own port like a client does, through the listening socket, the selector and the HTTP server.
 *
 * <p>Threading: confined to the watchdog thread.
 */
public final class HealthProbe implements Progress {
    private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);

    private final InetAddress host;
    private final int port;
    private final String request;
    private final int timeoutMillis;
    private final AtomicLong answers = new AtomicLong();

    /** Connected by the operating system, but perhaps not accepted by the server yet. */
    private volatile boolean isConnected;

    /**
     * Probes a port of this process.
     *
     * @param host the server's address; if it is the wildcard address, loopback is used
     * @param timeout for connecting, and again for the response
     */
    public HealthProbe(InetAddress host, int port, String basePath, Duration timeout) {
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
     * Sends a request, and returns the total number of reactions. A rejection counts: a full server rejects this
     * connection, too, and works.
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
            log.warn("the server does not answer on its own port port={} reason=\"{}\"", port, e.getMessage());
        } catch (IOException e) {
            // Closed or reset by the server, which shows that it works.
            answers.incrementAndGet();
            log.debug("the server has rejected the health probe", e);
        }
        return answers.get();
    }

    /**
     * The progress of the selector, to be checked after this probe. It tells whether the selector or the HTTP server
     * is stuck.
     *
     * @param accepted the number of connections that the selector has accepted
     */
    public Progress selector(LongSupplier accepted) {
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

        /** A connection of the probe is waiting to be accepted. */
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
