package chat.weir.bench.reference;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simple chat server on Java-WebSocket: a set of connections per path, Jackson, and {@code broadcast()}. It
 * implements as much of the protocol as the benchmark needs, with envelopes of the same length as Weir's, and no names,
 * limits or history. {@code -Dheartbeat=true} enables its heartbeats.
 *
 * <p>Threading: safe; callbacks arrive on the library's decoder threads.
 */
final class PlainServer extends WebSocketServer {
    private static final String USER = "sender_00";
    private static final String HEARTBEAT = "{\"type\":\"heartbeat\",\"authenticated\":\"false\"}";

    private final JsonMapper json = new JsonMapper();
    private final Map<String, Set<WebSocket>> channels = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final PrintStream log;

    private PlainServer(int port, PrintStream log) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        this.log = log;
        setTcpNoDelay(true);
        setReuseAddr(true);
    }

    public static void main(String[] args) {
        PlainServer server = new PlainServer(Integer.parseInt(args[0]), System.out);
        if (Boolean.getBoolean("heartbeat")) {
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            Future<?> unused = clock.scheduleAtFixedRate(() -> server.broadcast(HEARTBEAT), 1, 1, TimeUnit.SECONDS);
        }
        server.run();
    }

    @Override
    public void onStart() {
        log.println("ready");
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
        String channel = handshake.getResourceDescriptor();
        connection.setAttachment(channel);
        channels.computeIfAbsent(channel, path -> ConcurrentHashMap.newKeySet()).add(connection);
        connection.send(json.createObjectNode()
                .put("type", "connection")
                .put("id", channel.substring(1))
                .toString());
    }

    @Override
    public void onMessage(WebSocket connection, String frame) {
        JsonNode envelope = json.readTree(frame);
        if (envelope.path("type").asString("").equals("message")) {
            String channel = connection.getAttachment();
            broadcast(message(envelope.path("text").asString("")), channels.getOrDefault(channel, Set.of()));
        }
    }

    private String message(String text) {
        Instant now = Instant.now();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        long id = lastId.updateAndGet(last -> Math.max(last + 1, micros));
        return json.createObjectNode()
                .put("type", "message")
                .put("text", text)
                .put("timestamp", now.getEpochSecond())
                .put("user", USER)
                .put("id", id)
                .toString();
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
        String channel = connection.getAttachment();
        if (channel != null) {
            channels.computeIfPresent(channel, (path, members) -> {
                members.remove(connection);
                return members.isEmpty() ? null : members;
            });
        }
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception fault) {
        if (connection == null) {
            fault.printStackTrace(log);
        }
    }
}
