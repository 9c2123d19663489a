package chat.weir.http;

import static chat.weir.http.RequestBody.header;

import chat.weir.origin.TrustedProxies;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Takes a request from the JDK's server to its route, and its answer back.
 *
 * <p>Where a client fails, by going away or by being too slow, an {@link IOException} leaves this class: it is what
 * makes the server close the connection and forget it. {@link HttpExchange#close} would close and not forget.
 *
 * <p>Threading: safe.
 */
final class RequestHandler implements HttpHandler {
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store");

    private final Routes routes;
    private final Callers callers;
    private final BasePath basePath;
    private final Cors cors;
    private final TrustedProxies proxies;
    private final int maxBodyBytes;
    private final RequestThreads threads;
    private final AddressShares shares = new AddressShares();

    RequestHandler(Routes routes, Callers callers, HttpRules rules, RequestThreads threads) {
        this.routes = routes;
        this.callers = callers;
        this.basePath = new BasePath(rules.basePath());
        this.cors = new Cors(rules.origins());
        this.proxies = rules.proxies();
        this.maxBodyBytes = RequestBody.maxBytes(rules.maxTextLength());
        this.threads = threads;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Turn turn = threads.current();
        turn.beginWork();
        Target target = Target.parse(exchange.getRequestURI().toString());
        Response response;
        try {
            response = answer(exchange, target, turn);
        } catch (RuntimeException | Error e) {
            response = Problems.of(e, target.instance());
        }
        turn.beginWaiting();
        send(exchange, response);
    }

    private Response answer(HttpExchange exchange, Target target, Turn turn) throws IOException {
        String method = exchange.getRequestMethod();
        String origin = header(exchange, "Origin");
        String host = header(exchange, "Host");
        InetAddress client = client(exchange);
        shares.enter(client);
        try {
            RequestHeader.check(exchange);
            target.check();
            String path = basePath.below(target.path());
            if (path.isEmpty()) {
                // Else a browser takes what the page refers to for its neighbours.
                return Response.movedTo(basePath.encoded() + "/");
            }
            Routes.Match match = routes.find(path);
            if (method.equals("OPTIONS")) {
                return options(match.allow(), cors.preflight(origin, host, match.allow()));
            }
            Route route = match.route(method);
            cors.check(origin, host, route);
            Caller caller = callers.admit(route.access(), header(exchange, "Authorization"));
            RequestBody.check(exchange, route, maxBodyBytes);
            turn.beginWaiting();
            byte[] body = RequestBody.read(exchange, maxBodyBytes);
            turn.beginWork();
            JsonFields fields =
                    route.takesJson() ? Json.object(body) : new JsonFields(JsonNodeFactory.instance.objectNode());
            return route.handler()
                    .answer(new Request(
                            match.parameters(),
                            Query.parse(target.query()),
                            fields,
                            caller,
                            text(client),
                            name -> header(exchange, name)));
        } finally {
            shares.leave(client);
        }
    }

    private static Response options(String allow, Map<String, String> preflight) {
        Map<String, String> headers = new HashMap<>(preflight);
        headers.put("Allow", allow);
        return Response.done(headers);
    }

    private InetAddress client(HttpExchange exchange) {
        List<String> forwarded = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
        return proxies.client(exchange.getRemoteAddress().getAddress(), String.join(",", forwarded));
    }

    /** Without the interface, which says something about this machine and nothing about the client. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private void send(HttpExchange exchange, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        ALWAYS.forEach(headers::set);
        cors.headers(header(exchange, "Origin"), header(exchange, "Host")).forEach(headers::set);
        response.headers().forEach(headers::set);
        Content content = response.content();
        if (!content.isEmpty()) {
            headers.set("Content-Type", content.mediaType());
        }
        if (exchange.getRequestMethod().equals("HEAD") || content.isEmpty()) {
            if (!content.isEmpty()) {
                headers.set("Content-Length", Integer.toString(content.length()));
            }
            // Skips what was not read of the request's body, here, where failing at it has its effect.
            exchange.getRequestBody().close();
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            exchange.sendResponseHeaders(response.status(), content.length());
            try (OutputStream out = exchange.getResponseBody()) {
                content.writeTo(out);
                out.flush();
            }
        }
    }
}
