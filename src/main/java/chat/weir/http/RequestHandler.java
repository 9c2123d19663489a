package chat.weir.http;

import chat.weir.http.routing.Access;
import chat.weir.http.routing.Caller;
import chat.weir.http.routing.Json;
import chat.weir.http.routing.JsonFields;
import chat.weir.http.routing.ProblemDetails;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Query;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.http.routing.Routes;
import chat.weir.net.TrustedProxies;
import chat.weir.protocol.ChatException;
import chat.weir.websocket.HandedOverSocket;
import chat.weir.worker.MemoryBudget;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Runs the route of a request, and writes its response.
 *
 * <p>The body is read asynchronously. Then the route runs on one of Jetty's threads, where it may block on the
 * database. The response is written asynchronously, too. So clients that send or read slowly do not delay others.
 *
 * <p>Threading: safe.
 */
final class RequestHandler extends Handler.Abstract {
    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    /** In addition to those that Jetty checks. */
    private static final List<String> AT_MOST_ONCE = List.of("Content-Type", "Authorization", "Origin");

    private static final List<String> FORWARDING = List.of("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP");

    private final Routes routes;
    private final Authenticator authenticator;
    private final BasePath basePath;
    private final Cors cors;
    private final TrustedProxies proxies;
    private final WebSocketUpgrade upgrade;
    private final Duration bodyTimeout;
    private final int maxBodyBytes;
    private final MemoryBudget incoming;
    private final RequestTimer timer;
    private final AddressShares shares = new AddressShares();

    RequestHandler(
            Routes routes,
            Authenticator authenticator,
            HttpConfig config,
            WebSocketUpgrade upgrade,
            Duration bodyTimeout,
            MemoryBudget incoming,
            RequestTimer timer) {
        this.routes = routes;
        this.authenticator = authenticator;
        this.basePath = new BasePath(config.basePath());
        this.cors = new Cors(config.originPolicy());
        this.proxies = config.proxies();
        this.upgrade = upgrade;
        this.bodyTimeout = bodyTimeout;
        this.maxBodyBytes = RequestBody.maxBytes(config.maxTextLength());
        this.incoming = incoming;
        this.timer = timer;
    }

    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        HandedOverSocket socket = HandoverEndPoint.of(request).socket();
        if (!socket.requestBegins()) {
            callback.failed(new EofException("the connection made room for another"));
            return true;
        }
        org.eclipse.jetty.server.Request.addCompletionListener(request, failure -> socket.requestEnds());
        Exchange exchange = new Exchange(request, response, callback);
        Admitted admitted;
        try {
            admitted = exchange.admit();
        } catch (RuntimeException | Error e) {
            exchange.refuse(e);
            return true;
        }
        if (!RequestBody.isExpected(request)) {
            exchange.answer(admitted, new byte[0]);
            return true;
        }
        // Continue on a pool thread: the last bytes may arrive on a thread that must not block.
        RequestBody body = new RequestBody(request, maxBodyBytes, incoming);
        CompletableFuture<byte[]> unused = body.read(bodyTimeout)
                .whenCompleteAsync(
                        (bytes, failure) -> exchange.guarded(() -> {
                            if (failure == null) {
                                exchange.answer(admitted, bytes);
                            } else {
                                exchange.fail(failure);
                            }
                        }),
                        request.getComponents().getExecutor())
                // Release the buffer only now: many complete bodies may wait for a thread. Also runs if
                // the pool is closed.
                .whenComplete((bytes, failure) -> body.release());
        return true;
    }

    /** An accepted request: its route and its caller. */
    private record Admitted(Route route, Map<String, String> parameters, Query query, Caller caller) {}

    /** The headers of every response. */
    Map<String, String> commonHeaders(HttpFields fields) {
        Map<String, String> headers = new HashMap<>(Response.COMMON_HEADERS);
        headers.putAll(cors.headers(text(fields, "Origin"), text(fields, "Host")));
        return headers;
    }

    private static String text(HttpFields fields, String name) {
        String value = fields.get(name);
        return value == null ? "" : value;
    }

    /** The processing of one request. */
    private final class Exchange {
        private final org.eclipse.jetty.server.Request request;
        private final org.eclipse.jetty.server.Response response;
        private final Callback callback;
        private String route = RequestTimer.NO_ROUTE;

        Exchange(
                org.eclipse.jetty.server.Request request,
                org.eclipse.jetty.server.Response response,
                Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        /**
         * Finds the route, and checks everything that does not need the body. May block on the database.
         *
         * @return for an {@code OPTIONS} request, a route that only returns headers
         */
        Admitted admit() {
            InetAddress client = client();
            shares.enter(client);
            try {
                return admit(request.getHttpURI().getPath());
            } finally {
                shares.leave(client);
            }
        }

        private Admitted admit(String path) {
            if (header("Upgrade").toLowerCase(Locale.ROOT).contains("websocket")) {
                upgrade.refuse(request);
            }
            checkFields();
            String query = request.getHttpURI().getQuery();
            String below = basePath.below(path);
            if (below.isEmpty()) {
                // Otherwise a browser resolves the page's links against the parent path.
                return stranger(Route.of("GET", "", Access.PUBLIC, r -> Response.movedTo(basePath.encoded() + "/")));
            }
            Routes.Match match = routes.find(below);
            String origin = header("Origin");
            String host = header("Host");
            if (request.getMethod().equals("OPTIONS")) {
                Map<String, String> headers = new HashMap<>(cors.preflight(origin, host, match.allow()));
                headers.put("Allow", match.allow());
                return stranger(Route.of("OPTIONS", "", Access.PUBLIC, r -> Response.done(headers)));
            }
            Route found = match.route(request.getMethod());
            route = found.path();
            cors.check(origin, host, found);
            Caller caller = authenticator.admit(found.access(), header("Authorization"), isLocal());
            if (found.takesJson()) {
                Json.checkMediaType(header("Content-Type"));
            }
            RequestBody.checkLength(request, maxBodyBytes);
            return new Admitted(found, match.parameters(), Query.parse(query == null ? "" : query), caller);
        }

        /** This server and a proxy might read different values of a duplicate header. */
        private void checkFields() {
            for (String name : AT_MOST_ONCE) {
                if (request.getHeaders().getValuesList(name).size() > 1) {
                    throw ProblemException.malformedRequest("more than one " + name + " field");
                }
            }
        }

        private Admitted stranger(Route route) {
            return new Admitted(route, Map.of(), new Query(Map.of()), new Caller.Anonymous());
        }

        /** Runs the route. May block on the database. */
        void answer(Admitted admitted, byte[] body) {
            Response answer;
            try {
                InetAddress client = client();
                shares.enter(client);
                try {
                    answer = admitted.route().handler().answer(request(admitted, body, client));
                } finally {
                    shares.leave(client);
                }
            } catch (RuntimeException | Error e) {
                answer = ProblemDetails.of(e, request.getHttpURI().getPath());
            }
            send(answer, false);
        }

        private Request request(Admitted admitted, byte[] body, InetAddress client) {
            JsonFields fields = admitted.route().takesJson()
                    ? Json.object(body)
                    : new JsonFields(JsonNodeFactory.instance.objectNode());
            return new Request(
                    admitted.parameters(), admitted.query(), fields, admitted.caller(), text(client), this::header);
        }

        /** Sends the response to a rejected request, after its body was discarded. */
        void refuse(Throwable why) {
            Response answer = ProblemDetails.of(why, request.getHttpURI().getPath());
            boolean isWaiting = request.getHeaders().contains(HttpHeader.EXPECT);
            if (!RequestBody.isExpected(request) || isWaiting || RequestBody.isTooLong(request)) {
                send(answer, RequestBody.isExpected(request));
                return;
            }
            CompletableFuture<byte[]> unused = new RequestBody(request, 0, incoming)
                    .read(bodyTimeout)
                    .whenComplete((bytes, failure) -> guarded(() -> send(answer, failure != null)));
        }

        /** Also ends the request if writing the response throws. */
        void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                log.error("a response could not be sent", e);
                callback.failed(e);
            }
        }

        /** Reading the body has failed. */
        void fail(Throwable why) {
            if (why instanceof ProblemException || why instanceof ChatException) {
                send(ProblemDetails.of(why, request.getHttpURI().getPath()), true);
            } else {
                // The connection is broken.
                callback.failed(why);
            }
        }

        private InetAddress client() {
            return ClientAddress.of(request, proxies);
        }

        /** Whether the peer is on this machine and not a proxy: a proxy adds at least one of these headers. */
        private boolean isLocal() {
            HttpFields fields = request.getHeaders();
            return ClientAddress.peer(request).isLoopbackAddress()
                    && FORWARDING.stream().noneMatch(fields::contains);
        }

        /** Omits the IPv6 zone, which is about this machine and not the client. */
        private String text(InetAddress address) {
            String text = address.getHostAddress();
            int zone = text.indexOf('%');
            return zone < 0 ? text : text.substring(0, zone);
        }

        private String header(String name) {
            return RequestHandler.text(request.getHeaders(), name);
        }

        private void send(Response answer, boolean isLast) {
            HttpFields.Mutable headers = response.getHeaders();
            commonHeaders(request.getHeaders()).forEach(headers::put);
            answer.headers().forEach(headers::put);
            if (!answer.mediaType().isEmpty()) {
                headers.put(HttpHeader.CONTENT_TYPE, answer.mediaType());
                headers.put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
            }
            if (isLast) {
                // The rest of the body was not read, so the connection cannot be reused.
                headers.put(HttpHeader.CONNECTION, "close");
            }
            response.setStatus(answer.status());
            timer.record(request.getMethod(), route, answer.status(), System.nanoTime() - request.getBeginNanoTime());
            response.write(true, answer.body(), callback);
        }
    }
}
