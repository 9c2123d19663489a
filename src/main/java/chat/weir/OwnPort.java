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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server's own port for its health, as a client would: the answer takes the way through the listening socket,
 * the selector and the HTTP server.
 *
 * <p>Threading: confined to the watchdog's thread.
 */
final class OwnPort implements Progress {
    private static final Logger log = LoggerFactory.getLogger(OwnPort.class);
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private final InetAddress host;
    private final int port;
    private final String request;
    private final AtomicLong answers = new AtomicLong();

    /** @param host that the server listens on; where that is all addresses, loopback is asked */
    OwnPort(InetAddress host, int port, String basePath) {
        this.host = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
        this.port = port;
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
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
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
}
