package chat.weir.http;

import java.time.Duration;

/**
 * How long a client may keep a thread waiting for one of: its request's header, its body, or taking the response.
 *
 * @param quiet while there are threads for all
 * @param crowded while others wait for a thread
 */
record Patience(Duration quiet, Duration crowded) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofMillis(500));
}
