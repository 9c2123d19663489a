package chat.weir.http.web;

import chat.weir.http.routing.Access;
import chat.weir.http.routing.Json;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Routes for health checks and the API documents. */
final class DocumentRoutes {
    private static final String OPENAPI = "openapi.json";
    private static final String ASYNCAPI = "asyncapi.json";

    private final Supplier<Optional<String>> problem;
    private final WebFile openapi;
    private final WebFile asyncapi;

    DocumentRoutes(Supplier<Optional<String>> problem) {
        this.problem = problem;
        this.openapi = document(OPENAPI);
        this.asyncapi = document(ASYNCAPI);
    }

    private record State(String status) {}

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/healthz", Access.PUBLIC, request -> Response.json(200, new State("ok"))),
                Route.of("GET", "/readyz", Access.PUBLIC, request -> ready()),
                Route.of("GET", "/openapi.json", Access.PUBLIC, request -> openapi.answer(request, Map.of())),
                Route.of("GET", "/asyncapi.json", Access.PUBLIC, request -> asyncapi.answer(request, Map.of())));
    }

    private Response ready() {
        Optional<String> reason = problemNow();
        if (reason.isPresent()) {
            throw new ChatException(ErrorReason.UNAVAILABLE, reason.get());
        }
        return Response.json(200, new State("ready"));
    }

    private Optional<String> problemNow() {
        try {
            return problem.get();
        } catch (ChatException e) {
            return Optional.of(e.text());
        }
    }

    private static WebFile document(String name) {
        return new WebFile(Json.MEDIA_TYPE, Resources.get(name));
    }
}
