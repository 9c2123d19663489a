package chat.weir.http.web;

import chat.weir.http.routing.Access;
import chat.weir.http.routing.Json;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.metrics.Metrics;
import java.util.List;
import java.util.Map;

/**
 * Routes for the metrics in Prometheus text format, and a Grafana dashboard.
 *
 * <p>Threading: safe.
 */
final class MetricsRoutes {
    /** Version 0.0.4 of Prometheus' exposition format. */
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;
    private final WebFile dashboard = new WebFile(Json.MEDIA_TYPE, Resources.get("grafana.json"));

    MetricsRoutes(Metrics metrics) {
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/metrics", Access.OPERATOR, request -> metrics()),
                Route.of("GET", "/grafana.json", Access.PUBLIC, request -> dashboard.answer(request, Map.of())));
    }

    private Response metrics() {
        return Response.text(200, Map.of(), TEXT_FORMAT, metrics.scrape());
    }
}
