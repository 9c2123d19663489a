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
 * One connection, and what it believes: of itself, and of each channel that it was told to be in.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Client {
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final TestClient socket;
    private final Entrance entrance;
    private final Map<String, View> views = new LinkedHashMap<>();
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, JsonNode> answers = new LinkedHashMap<>();
    /** Stands in each ref: the connections of an account share what they have said, and by which ref. */
    private final int number = CLIENTS.incrementAndGet();

    private int refs;
    private boolean authenticated;
    private boolean answering = true;
    private boolean hasPonged;

    /**
     * How to come in.
     *
     * @param since 0: as somebody new
     */
    record Entrance(String channel, boolean pongs, long since, boolean oneListIsEnough) {
        String path() {
            return "/" + channel + "?" + (pongs ? "heartbeat=pong" : "") + (since > 0 ? "&since=" + since : "");
        }
    }

    private Client(TestClient socket, Entrance entrance) {
        this.socket = socket;
        this.entrance = entrance;
        views.put(entrance.channel(), new View(entrance.oneListIsEnough()));
    }

    /** Connected, and told so. */
    static Client open(int port, Entrance entrance) {
        return new Client(TestClient.open(port, entrance.path()), entrance);
    }

    /** The first envelope. */
    JsonNode greeting() {
        JsonNode first = JSON.readTree(socket.socket().readFrame().payload());
        assertEquals("connection", first.get("type").asString(), first::toString);
        assertEquals(entrance.channel(), first.get("id").asString());
        return first;
    }

    String own() {
        return entrance.channel();
    }

    boolean pongs() {
        return entrance.pongs();
    }

    /**
     * Asks something, written with ' for " and without its last brace, and reads until the answer. Some answers come
     * ahead of the last of what was asked; what is sent behind it, is answered behind it.
     */
    JsonNode ask(String json) {
        String ref = send(json);
        send("{'type':'ping'");
        finish();
        JsonNode answer = answers.remove(ref);
        answers.clear();
        return answer;
    }

    /** What is sent about a channel says so if it is not the URL's. */
    String about(String channel) {
        return channel.equals(own()) ? "" : ",'channel':'" + channel + "'";
    }

    /** Asks something to be answered by {@link #finish}. */
    String send(String json) {
        String ref = number + "-" + ++refs;
        asked.add(ref);
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

    /** Reads until all that was asked is answered. */
    void finish() {
        flush();
        while (!asked.isEmpty()) {
            read();
        }
    }

    /** As {@link #finish}, where nothing may be refused. */
    void finishWithoutErrors() {
        finish();
        answers.values()
                .forEach(answer -> assertNotEquals("error", answer.get("type").asString(), answer::toString));
        answers.clear();
    }

    /** Reads until it believes to be in these channels and no others. */
    void awaitChannels(Set<String> channels) {
        try {
            while (!views.keySet().equals(channels)) {
                read();
            }
        } catch (UncheckedIOException e) {
            throw new AssertionError("believes to be in " + views.keySet() + " and is in " + channels, e);
        }
    }

    /** Reads until the server ends the connection. */
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
            takeNews(envelope);
        } else {
            takeAnswer(envelope);
            asked.remove(ref.asString());
            answers.put(ref.asString(), envelope);
        }
    }

    private void takeAnswer(JsonNode envelope) {
        switch (envelope.get("type").asString()) {
            case "users" -> view(envelope).take(envelope);
            case "connection" -> enter(envelope.get("id").asString());
            case "private" -> enter(envelope.get("channel").asString());
            case "leave" -> views.remove(envelope.get("channel").asString());
            default -> {}
        }
    }

    private void takeNews(JsonNode envelope) {
        switch (envelope.get("type").asString()) {
            case "heartbeat" ->
                authenticated = envelope.get("authenticated").asString().equals("true");
            case "private" -> enter(envelope.get("channel").asString());
            case "leave" -> views.remove(envelope.get("channel").asString());
            default -> view(envelope).take(envelope);
        }
    }

    private void enter(String channel) {
        views.computeIfAbsent(channel, id -> new View(entrance.oneListIsEnough()));
    }

    private View view(JsonNode envelope) {
        String channel = envelope.has("channel") ? envelope.get("channel").asString() : own();
        View view = views.get(channel);
        if (view == null) {
            throw new AssertionError("is not in " + channel + " and gets " + envelope);
        }
        return view;
    }

    Map<String, View> views() {
        return views;
    }

    /** What the last heartbeat said. */
    boolean authenticated() {
        return authenticated;
    }

    /** Nobody tells it what becomes of itself in a list, so it has to ask again. */
    void hasChanged() {
        views.values().forEach(View::askAgain);
    }

    boolean answering() {
        return answering;
    }

    /** Whether heartbeats are answered from now on. */
    void answering(boolean now) {
        answering = now;
    }

    /** Whether a ping was answered since this was last asked. */
    boolean takeHasPonged() {
        boolean was = hasPonged;
        hasPonged = false;
        return was;
    }

    /** Ends without a word: in an orderly way for TCP, or with a reset. */
    void cut(boolean reset) {
        if (reset) {
            socket.socket().reset();
        } else {
            socket.close();
        }
    }
}
