package chat.weir.http;

import java.time.Duration;

/**
 * How long the HTTP server waits.
 *
 * @param idle for the next bytes on a connection, in either direction
 * @param body for a whole request body
 * @param stop for requests under way when the server stops
 * @param idleThread until a thread that a burst of requests needed ends
 */
public record HttpTimeouts(Duration idle, Duration body, Duration stop, Duration idleThread) {
    public static final HttpTimeouts USUAL = new HttpTimeouts(
            Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(10));
}
