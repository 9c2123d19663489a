package chat.weir.http;

import java.time.Duration;

/**
 * The timeouts of the HTTP server.
 *
 * @param idle without any bytes on a connection, in either direction
 * @param body for a complete request body
 * @param stop for running requests when the server stops
 * @param idleThread after which an unused thread ends
 */
public record HttpTimeouts(Duration idle, Duration body, Duration stop, Duration idleThread) {
    public static final HttpTimeouts DEFAULT = new HttpTimeouts(
            Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(10));
}
