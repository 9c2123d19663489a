package chat.weir.http;

import chat.weir.account.LoginSessions;
import chat.weir.http.routing.Route;
import chat.weir.http.routing.Routes;
import chat.weir.metrics.Metrics;
import chat.weir.websocket.HandedOverSocket;
import chat.weir.websocket.WebSocketUpgrades;
import chat.weir.worker.MemoryBudget;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server for the API and the web client. It serves the connections of the port that do not ask for a
 * WebSocket.
 *
 * <p>Threading: safe; started and stopped once.
 */
public final class HttpServer {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    static final int IDLE_THREADS = 4;
    /** The idle timeout of connections without a request, while the server stops. */
    private static final long SHUTDOWN_IDLE_MILLIS = 50;

    private final Routes routes;
    private final Server jetty;
    private final HandoverConnector connector;
    private final WebSocketUpgrade upgrade = new WebSocketUpgrade();
    private final GracefulHandler graceful;

    /**
     * Creates a server that does not serve requests before {@link #start}.
     *
     * @param incoming limits the memory for incomplete requests and WebSocket frames together
     */
    public HttpServer(
            HttpConfig config, List<Route> routeList, LoginSessions sessions, MemoryBudget incoming, Metrics metrics) {
        routes = new Routes(routeList);
        HttpTimeouts timeouts = config.timeouts();
        QueuedThreadPool threads = new QueuedThreadPool(HttpConfig.THREADS, IDLE_THREADS);
        threads.setName("weir-http");
        threads.setDaemon(true);
        threads.setIdleTimeout((int) timeouts.idleThread().toMillis());
        // Evict all idle threads at once. By default one ends per minute, so a burst would keep 64 stacks for an hour.
        threads.setMaxEvictCount(HttpConfig.THREADS);
        jetty = new Server(threads);
        connector = new HandoverConnector(jetty, timeouts.idle(), new HttpConnectionFactory(configuration()), upgrade);
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        jetty.addConnector(connector);
        Authenticator authenticator =
                new Authenticator(sessions, new ApiKeys(config.apiKeys()), config.requireAccount());
        RequestHandler handler = new RequestHandler(
                routes,
                authenticator,
                config,
                upgrade,
                timeouts.body(),
                incoming,
                new RequestTimer(metrics.registry()));
        graceful = new GracefulHandler(handler);
        jetty.setHandler(graceful);
        jetty.setErrorHandler(new ErrorResponses(handler));
        jetty.setRequestLog(new AccessLog(config.proxies()));
        jetty.setStopTimeout(timeouts.stop().toMillis());
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HttpConfig.MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        // Routes match the encoded path, so no spelling is ambiguous for them.
        EnumSet<Violation> allowed = EnumSet.copyOf(UriCompliance.AMBIGUOUS_VIOLATIONS);
        allowed.addAll(EnumSet.of(
                Violation.SUSPICIOUS_PATH_CHARACTERS,
                Violation.ILLEGAL_PATH_CHARACTERS,
                Violation.BAD_UTF8_ENCODING,
                Violation.TRUNCATED_UTF8_ENCODING,
                Violation.BAD_PERCENT_ENCODING));
        http.setUriCompliance(UriCompliance.from(allowed));
        return http;
    }

    /**
     * Starts serving.
     *
     * @param webSockets takes back connections that ask for a WebSocket
     */
    public void start(WebSocketUpgrades webSockets) {
        upgrade.returnTo(webSockets);
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IllegalStateException("starting the HTTP server failed", e);
        }
    }

    /** Serves a connection whose first request does not ask for a WebSocket. Never blocks. */
    public void take(HandedOverSocket socket) {
        connector.take(socket);
    }

    List<Route> routes() {
        return routes.all();
    }

    /** The number of running requests. */
    long requestsUnderWay() {
        return graceful.getCurrentRequestCount();
    }

    /** The number of threads. */
    int threads() {
        return jetty.getThreadPool().getThreads();
    }

    /** The number of open connections. */
    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Rejects new requests, waits briefly for running ones, and closes all connections. */
    public void stop() {
        try {
            jetty.stop();
        } catch (Exception e) {
            log.warn("stopping the HTTP server failed", e);
        }
    }
}
