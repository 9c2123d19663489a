package chat.weir;

import chat.weir.supervision.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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

    /** Asks, and returns how often it was answered so far. */
    @Override
    public long steps() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() >= 0) {
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            log.warn("the own port does not answer port={} reason=\"{}\"", port, e.getMessage());
        }
        return answers.get();
    }
}
