package chat.weir.http.web;

import chat.weir.http.routing.Route;
import chat.weir.metrics.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The routes of the web client, the API documents, the health checks and the metrics. */
public final class WebRoutes {
    private WebRoutes() {}

    /**
     * Builds the routes.
     *
     * @param requireAccount whether the web client must not offer guest access
     * @param maxTextLength of a message, in code points
     * @param problem why the server is not ready; empty if it is. May block, and may throw instead
     */
    public static List<Route> of(
            boolean requireAccount, int maxTextLength, Supplier<Optional<String>> problem, Metrics metrics) {
        return Stream.of(
                        new DocumentRoutes(problem).routes(),
                        new MetricsRoutes(metrics).routes(),
                        new WebClientRoutes(requireAccount, maxTextLength).routes())
                .flatMap(List::stream)
                .toList();
    }
}
