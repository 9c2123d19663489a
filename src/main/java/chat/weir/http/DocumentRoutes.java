package chat.weir.http;

import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server tells of itself: how it is, and what its two APIs are. */
final class DocumentRoutes {
    private static final Logger log = LoggerFactory.getLogger(DocumentRoutes.class);
    private static final String OPENAPI = "openapi.json";
    private static final String ASYNCAPI = "asyncapi.json";

    private final BooleanSupplier isReady;
    private final WebFile openapi;
    private final WebFile asyncapi;

    DocumentRoutes(BooleanSupplier isReady) {
        this.isReady = isReady;
        this.openapi = document(OPENAPI);
        this.asyncapi = document(ASYNCAPI);
    }

    private record State(String status) {}

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/healthz", Access.ANYBODY, request -> Response.json(200, new State("ok"))),
                Route.of("GET", "/readyz", Access.ANYBODY, request -> ready()),
                Route.of("GET", "/openapi.json", Access.ANYBODY, request -> openapi.answer(request, Map.of())),
                Route.of("GET", "/asyncapi.json", Access.ANYBODY, request -> asyncapi.answer(request, Map.of())));
    }

    private Response ready() {
        if (!databaseAnswers()) {
            throw new ErrorReply(ErrorReason.UNAVAILABLE, "the database cannot be reached now");
        }
        return Response.json(200, new State("ready"));
    }

    private boolean databaseAnswers() {
        try {
            return isReady.getAsBoolean();
        } catch (ErrorReply e) {
            log.debug("not ready: {}", e.text());
            return false;
        }
    }

    private static WebFile document(String name) {
        return new WebFile(Response.JSON, Resources.get(name));
    }
}
