package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import chat.weir.protocol.ErrorReason;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A chat client: sends envelopes, and reads expected ones. */
public final class TestClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Presence and typing envelopes, which most tests ignore. */
    private static final Set<String> COMPANY = Set.of("users", "notification", "typing", "doneTyping");

    /** All valid combinations, such as {@code 404 no_such_user}. */
    private static final Set<String> REASONS = Stream.concat(
                    Stream.of("400 " + ErrorReason.TOO_LONG.wireName()),
                    Arrays.stream(ErrorReason.values())
                            .map(reason -> reason.code().number() + " " + reason.wireName()))
            .collect(Collectors.toUnmodifiableSet());

    private final RawSocket socket;
    private boolean seesCompany;

    private TestClient(RawSocket socket) {
        this.socket = socket;
    }

    /** Connects without reading anything. */
    public static TestClient open(int port, String path) {
        return open(RawSocket.connect(port), path, Map.of());
    }

    public static TestClient open(RawSocket socket, String path, Map<String, String> header) {
        socket.sendHandshake(path, header);
        String response = socket.readHeader();
        if (!response.startsWith("HTTP/1.1 101 ")) {
            fail("no upgrade: " + response + socket.readAll());
        }
        return new TestClient(socket);
    }

    public RawSocket socket() {
        return socket;
    }

    /** Sends JSON, written with ' instead of ". */
    public void send(String json) {
        sendText(json.replace('\'', '"'));
    }

    public void sendText(String text) {
        socket.send(new WireFrame(true, WireFrame.TEXT, text.getBytes(StandardCharsets.UTF_8)).masked());
    }

    public void say(String text) {
        sendText("{\"type\":\"message\",\"text\":" + JSON.writeValueAsString(text) + "}");
    }

    public void heartbeat() {
        send("{'type':'heartbeat'}");
    }

    /** Answers a heartbeat, and waits until the server has processed it. Skips envelopes in between. */
    public void heartbeatAndAwaitReply() {
        send("{'type':'heartbeat','ref':'heard'}");
        skipToReply();
    }

    /**
     * From now on {@link #next} does not skip presence and typing envelopes. Those sent before this call are skipped: a
     * list of users is delivered in the order of its channel's envelopes, which a heartbeat's reply may overtake.
     *
     * @param joined the joined channels from which earlier envelopes are skipped too
     */
    public void receivePresenceFromNowOn(String... joined) {
        send("{'type':'users','ref':'heard'}");
        skipToReply();
        for (String channel : joined) {
            send("{'type':'users','ref':'heard','channel':'" + channel + "'}");
            skipToReply();
        }
        receivingPresence();
    }

    private void skipToReply() {
        JsonNode envelope = next();
        while (!envelope.path("ref").asString("").equals("heard")) {
            envelope = next();
        }
    }

    /** From now on {@link #next} does not skip presence and typing envelopes. */
    public TestClient receivingPresence() {
        seesCompany = true;
        return this;
    }

    /** Reads the next envelope, and answers pings. */
    public JsonNode next() {
        JsonNode envelope = read();
        while (!seesCompany && isCompany(envelope)) {
            envelope = read();
        }
        return envelope;
    }

    private static boolean isCompany(JsonNode envelope) {
        return COMPANY.contains(envelope.path("type").asString("")) && !envelope.has("ref");
    }

    private JsonNode read() {
        WireFrame frame = nextFrame();
        assertEquals(WireFrame.TEXT, frame.opcode(), frame::toString);
        return JSON.readTree(frame.payload());
    }

    /** Reads the next frame other than a ping, and answers pings, within a time limit. */
    public WireFrame nextFrame() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        WireFrame frame = socket.readFrame();
        while (frame.opcode() == WireFrame.PING) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("nothing but pings for " + PATIENCE.toSeconds() + " s");
            }
            socket.send(new WireFrame(true, WireFrame.PONG, frame.payload()).masked());
            frame = socket.readFrame();
        }
        return frame;
    }

    /** Reads the next frame of this kind. Skips others. */
    public WireFrame awaitFrame(int opcode) {
        WireFrame frame = socket.readFrame();
        while (frame.opcode() != opcode) {
            frame = socket.readFrame();
        }
        return frame;
    }

    /** Reads the next envelope, which must have this type. */
    public JsonNode expect(String type) {
        JsonNode envelope = next();
        assertEquals(type, envelope.path("type").asString(""), envelope::toString);
        return envelope;
    }

    /** Reads the next envelope of this type. Skips heartbeats. */
    public JsonNode await(String type) {
        JsonNode envelope = next();
        while (envelope.path("type").asString("").equals("heartbeat") && !type.equals("heartbeat")) {
            envelope = next();
        }
        assertEquals(type, envelope.path("type").asString(""), envelope::toString);
        return envelope;
    }

    /** Reads the next envelope, which must equal this one. */
    public void expectExactly(String json) {
        assertEquals(JSON.readTree(json.replace('\'', '"')), next());
    }

    /** Reads the next envelope, which must equal this one besides its {@code seq}. @return its {@code seq} */
    public long expectChange(String json) {
        ObjectNode envelope = (ObjectNode) next();
        JsonNode seq = envelope.remove("seq");
        assertEquals(JSON.readTree(json.replace('\'', '"')), envelope);
        assertTrue(seq != null && seq.isIntegralNumber(), envelope::toString);
        return seq.asLong();
    }

    /** Reads the next envelope, which must be an error with this code. */
    public JsonNode expectError(int code) {
        JsonNode error = await("error");
        assertEquals(code, error.get("code").asInt(), error::toString);
        assertTrue(REASONS.contains(code + " " + error.get("reason").asString()), error::toString);
        return error;
    }

    /** Reads the server's close frame. Skips everything before. */
    public WireFrame awaitClose() {
        List<WireFrame> before = new ArrayList<>();
        try {
            WireFrame frame = socket.readFrame();
            while (frame.opcode() != WireFrame.CLOSE) {
                before.add(frame);
                frame = socket.readFrame();
            }
            return frame;
        } catch (UncheckedIOException e) {
            throw new AssertionError("no close frame after " + before.size() + " frames", e);
        }
    }

    /** Checks that the server sends a close frame with this code, and closes the socket after the answer. */
    public WireFrame expectClose(int code) {
        WireFrame close = awaitClose();
        assertEquals(code, close.closeCode(), close::toString);
        socket.answer(new WireFrame(true, WireFrame.CLOSE, close.payload()));
        socket.expectEnd();
        return close;
    }

    /**
     * Sends an envelope and returns the reply. Skips everything before.
     *
     * @param fields the JSON fields without braces
     */
    public JsonNode ask(String fields) {
        send("{" + fields + ",'ref':'asked'}");
        JsonNode answer = next();
        while (!answer.path("ref").asString("").equals("asked")) {
            answer = next();
        }
        return answer;
    }

    /** Checks that the server has sent nothing before its reply to an envelope that is sent now. */
    public void expectNothing() {
        send("{'type':'heartbeat','ref':'nothing before this'}");
        expectExactly("{'type':'heartbeat','ref':'nothing before this'}");
    }

    /** Takes a free name. */
    public void identify(String name) {
        sendText("{\"type\":\"identity\",\"user\":" + JSON.writeValueAsString(name) + "}");
        assertEquals("true", await("identity").get("success").asString());
    }

    @Override
    public void close() {
        socket.close();
    }
}
