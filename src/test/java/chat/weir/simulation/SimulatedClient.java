package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.weir.testing.TestClient;
import chat.weir.testing.WireFrame;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client with one connection, its authentication state, and its view of each channel that the server has put it in.
 *
 * <p>Threading: confined to the test's thread.
 */
final class SimulatedClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final TestClient socket;
    private final ConnectOptions options;
    private final Map<String, ChannelView> views = new LinkedHashMap<>();

    /** Views of channels to which the client is coming back. */
    private final Map<String, ChannelView> resumedViews = new LinkedHashMap<>();

    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final Set<String> pendingRefs = new LinkedHashSet<>();
    private final Map<String, JsonNode> replies = new LinkedHashMap<>();
    /** Part of each ref: the connections of one account must not reuse each other's refs. */
    private final int number = CLIENTS.incrementAndGet();

    private int refs;
    private boolean authenticated;
    private boolean answering = true;
    private boolean hasPonged;

    /**
     * How to connect.
     *
     * @param since the last id seen, or 0
     */
    record ConnectOptions(String channel, boolean answersPings, long since, boolean hasCompleteNotifications) {
        String path() {
            return "/" + channel + "?" + (answersPings ? "heartbeat=pong" : "") + (since > 0 ? "&since=" + since : "");
        }
    }

    private SimulatedClient(TestClient socket, ConnectOptions options) {
        this.socket = socket;
        this.options = options;
        views.put(options.channel(), newView());
    }

    /** Connects without reading anything. */
    static SimulatedClient open(int port, ConnectOptions options) {
        return new SimulatedClient(TestClient.open(port, options.path()), options);
    }

    /** Reads the first envelope. */
    JsonNode readConnectionEnvelope() {
        JsonNode first = JSON.readTree(socket.socket().readFrame().payload());
        assertEquals("connection", first.get("type").asString(), first::toString);
        assertEquals(options.channel(), first.get("id").asString());
        return first;
    }

    String ownChannel() {
        return options.channel();
    }

    boolean answersPings() {
        return options.answersPings();
    }

    /**
     * Sends an envelope, written with ' for " and without its closing brace, and reads until the reply. A ping follows
     * it: its reply comes after everything that the envelope causes for this client.
     */
    JsonNode request(String json) {
        String ref = send(json);
        send("{'type':'ping'");
        awaitReplies();
        JsonNode reply = replies.remove(ref);
        replies.clear();
        return reply;
    }

    /** The {@code channel} field for a channel other than the URL's. */
    String channelField(String channel) {
        return channel.equals(ownChannel()) ? "" : ",'channel':'" + channel + "'";
    }

    /** Queues an envelope; {@link #awaitReplies} reads its reply. */
    String send(String json) {
        String ref = number + "-" + ++refs;
        pendingRefs.add(ref);
        String text = (json + ",'ref':'" + ref + "'}").replace('\'', '"');
        unsent.writeBytes(new WireFrame(true, WireFrame.TEXT, text.getBytes(StandardCharsets.UTF_8)).masked());
        return ref;
    }

    void flush() {
        if (unsent.size() > 0) {
            socket.socket().send(unsent.toByteArray());
            unsent.reset();
        }
    }

    /** Reads until every request has a reply. */
    void awaitReplies() {
        flush();
        while (!pendingRefs.isEmpty()) {
            read();
        }
    }

    /** Like {@link #awaitReplies}, and fails on an error reply. */
    void awaitRepliesWithoutErrors() {
        awaitReplies();
        replies.values()
                .forEach(reply -> assertNotEquals("error", reply.get("type").asString(), reply::toString));
        replies.clear();
    }

    /** Reads until the client knows that it is in exactly these channels. */
    void awaitChannels(Set<String> channels) {
        try {
            while (!views.keySet().equals(channels)) {
                read();
            }
        } catch (UncheckedIOException e) {
            throw new AssertionError("client is in " + views.keySet() + ", expected " + channels, e);
        }
    }

    /** Reads until the server closes the connection. @return the close code */
    int awaitClose() {
        WireFrame frame = socket.socket().readFrame();
        while (frame.opcode() != WireFrame.CLOSE) {
            frame = socket.socket().readFrame();
        }
        socket.close();
        return frame.closeCode();
    }

    private void read() {
        WireFrame frame = socket.socket().readFrame();
        if (frame.opcode() == WireFrame.PING) {
            if (answering) {
                socket.socket().send(new WireFrame(true, WireFrame.PONG, frame.payload()).masked());
                hasPonged = true;
            }
            return;
        }
        assertEquals(WireFrame.TEXT, frame.opcode(), frame::toString);
        JsonNode envelope = JSON.readTree(frame.payload());
        JsonNode ref = envelope.get("ref");
        if (ref == null) {
            handleEvent(envelope);
        } else {
            handleReply(envelope);
            pendingRefs.remove(ref.asString());
            replies.put(ref.asString(), envelope);
        }
    }

    private void handleReply(JsonNode envelope) {
        switch (envelope.get("type").asString()) {
            case "users" -> view(envelope).receive(envelope);
            case "connection" -> addView(envelope.get("id").asString());
            case "private" -> addView(envelope.get("channel").asString());
            case "leave" -> views.remove(envelope.get("channel").asString());
            default -> {}
        }
    }

    private void handleEvent(JsonNode envelope) {
        switch (envelope.get("type").asString()) {
            case "heartbeat" ->
                authenticated = envelope.get("authenticated").asString().equals("true");
            case "private" -> addView(envelope.get("channel").asString());
            case "leave" -> views.remove(envelope.get("channel").asString());
            default -> view(envelope).receive(envelope);
        }
    }

    private void addView(String channel) {
        ChannelView resumed = resumedViews.remove(channel);
        views.computeIfAbsent(channel, id -> resumed == null ? newView() : resumed);
    }

    private ChannelView newView() {
        return new ChannelView(options.hasCompleteNotifications());
    }

    /** When the client joins this channel, it continues with what it has kept. */
    void resumeOnJoin(String channel, ChannelMemory memory, long since) {
        ChannelView view = newView();
        view.resume(memory, since);
        resumedViews.put(channel, view);
    }

    /** The client could not join a channel. */
    void forgetResumed() {
        resumedViews.clear();
    }

    private ChannelView view(JsonNode envelope) {
        String channel = envelope.has("channel") ? envelope.get("channel").asString() : ownChannel();
        ChannelView view = views.get(channel);
        if (view == null) {
            throw new AssertionError("not in " + channel + " but received " + envelope);
        }
        return view;
    }

    Map<String, ChannelView> views() {
        return views;
    }

    /** The state in the last heartbeat. */
    boolean authenticated() {
        return authenticated;
    }

    /** Discards all user lists: no notification tells a client about its own change. */
    void invalidateUsers() {
        views.values().forEach(ChannelView::invalidateUsers);
    }

    boolean answering() {
        return answering;
    }

    /** Sets whether the client answers heartbeats. */
    void answering(boolean enabled) {
        answering = enabled;
    }

    /** Whether the client has answered a ping since the last call. */
    boolean takeHasPonged() {
        boolean was = hasPonged;
        hasPonged = false;
        return was;
    }

    /** Closes the socket without a close frame, optionally with a TCP reset. */
    void abort(boolean reset) {
        if (reset) {
            socket.socket().reset();
        } else {
            socket.close();
        }
    }
}
