package chat.weir.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests by method, route and status. Requests without a route have the route {@value #NO_ROUTE},
 * and unknown methods are {@value #OTHER_METHOD}, so clients cannot create labels.
 *
 * <p>Threading: safe.
 */
final class RequestTimer {
    static final String NO_ROUTE = "none";
    private static final String OTHER_METHOD = "other";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    private record Key(String method, String route, int status) {}

    RequestTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param route the path template */
    void record(String method, String route, int status, long nanos) {
        Key key = new Key(METHODS.contains(method) ? method : OTHER_METHOD, route, status);
        timers.computeIfAbsent(key, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Key key) {
        return Timer.builder("weir.http.requests")
                .description("HTTP requests, from their header to their response")
                .tag("method", key.method())
                .tag("route", key.route())
                .tag("status", Integer.toString(key.status()))
                .register(registry);
    }
}
