package chat.weir.http;

import chat.weir.enforcement.SanctionTargets;
import chat.weir.moderation.Kind;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The HTTP API and the web client: one listening port, its threads and its routes.
 *
 * <p>Threading: safe; started and stopped once.
 */
public final class HttpApi {
    private static final int BACKLOG = 512;
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final RequestThreads threads;
    private final Routes routes;
    private final HttpServer server;
    private final int port;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * Binds the port; nothing is answered before {@link #start}.
     *
     * @throws IOException if the port cannot be bound
     */
    public HttpApi(HttpRules rules, Served served) throws IOException {
        this(rules, served, Patience.USUAL, System::nanoTime);
    }

    HttpApi(HttpRules rules, Served served, Patience patience, LongSupplier nanoTime) throws IOException {
        ServerLimits.apply(rules.maxConnections());
        server = HttpServer.create(rules.address(), BACKLOG);
        try {
            port = server.getAddress().getPort();
            routes = table(rules, served, port);
            Callers callers = new Callers(served.sessions(), new ApiKeys(rules.apiKeys()), rules.requireAccount());
            threads = new RequestThreads(patience, nanoTime);
            server.setExecutor(threads);
            server.createContext("/", new RequestHandler(routes, callers, rules, threads));
        } catch (RuntimeException | Error e) {
            giveBack(server);
            throw e;
        }
    }

    /** Only a server that has been started gives its port back. */
    private static void giveBack(HttpServer server) {
        server.start();
        server.stop(0);
    }

    private static Routes table(HttpRules rules, Served served, int port) {
        SanctionTargets targets = new SanctionTargets(served.accounts(), served.moderation(), served.people());
        return new Routes(Stream.of(
                        new AccountRoutes(served).routes(),
                        new SessionRoutes(served.accounts(), served.sessions()).routes(),
                        new ChannelRoutes(served.log(), served.channels()).routes(),
                        new SayingRoutes(served.channels(), rules.maxTextLength()).routes(),
                        new SanctionRoutes(Kind.BAN, "bans", served.moderation(), targets).routes(),
                        new SanctionRoutes(Kind.MUTE, "mutes", served.moderation(), targets).routes(),
                        new RoleRoutes(served.accounts(), served.moderation()).routes(),
                        new AuditRoutes(served.audit(), served.moderation()).routes(),
                        new DocumentRoutes(served.problem()).routes(),
                        new PageRoutes(rules, port).routes())
                .flatMap(List::stream)
                .toList());
    }

    /** Begins to answer. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            server.start();
        }
    }

    /** The port that it listens on, also where the choice was left to the system. */
    public int port() {
        return port;
    }

    List<Route> routes() {
        return routes.all();
    }

    /** How many requests are being read, answered or sent. */
    int busy() {
        return threads.busy();
    }

    /**
     * Takes nothing new, gives what is under way a second to end, and closes every connection. By itself and not by the
     * server's own delay, which on JDK 17 is waited for in full when nothing is under way.
     */
    public void stop() throws InterruptedException {
        try {
            threads.stop(DRAIN);
        } finally {
            // Only a server that has been started gives its port back.
            start();
            server.stop(0);
        }
    }
}
