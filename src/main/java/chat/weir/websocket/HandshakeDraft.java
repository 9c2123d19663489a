package chat.weir.websocket;

import chat.weir.websocket.handshake.UpgradeRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.enums.CloseHandshakeType;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ClientHandshakeBuilder;
import org.java_websocket.handshake.HandshakeBuilder;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The library's protocol version, reduced to the handshake: passes the request that {@link ClientSocket} has read and
 * checked to the server's {@code onOpen}, and writes the response into the outbox, ahead of every frame. Selects the first
 * subprotocol offered, and no extension.
 *
 * <p>Chosen over {@code Draft_6455}, each of which holds a {@code SecureRandom} and five collections for a connection's
 * life, and reads a header again from its start whenever more of it comes.
 *
 * <p>Threading: confined to the thread that reads the connection.
 */
final class HandshakeDraft extends Draft {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private @Nullable UpgradeRequest request;
    private @Nullable Outbox outbox;

    /** What the library will be handed when it asks. */
    void begin(UpgradeRequest checkedRequest, Outbox responseTo) {
        request = checkedRequest;
        outbox = responseTo;
    }

    /** The same for a request that the HTTP server has answered. */
    void beginAnswered(UpgradeRequest answeredRequest) {
        request = answeredRequest;
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer header) {
        header.position(header.limit());
        return begun(request);
    }

    @Override
    public HandshakeState acceptHandshakeAsServer(ClientHandshake handshake) {
        return HandshakeState.MATCHED;
    }

    @Override
    public HandshakeBuilder postProcessHandshakeResponseAsServer(
            ClientHandshake handshake, ServerHandshakeBuilder response) {
        return response;
    }

    /** Writes the response itself and gives the library none to write. */
    @Override
    public List<ByteBuffer> createHandshake(Handshakedata response) {
        Outbox responseTo = outbox;
        if (responseTo != null) {
            StringBuilder text = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
            responseFields(begun(request))
                    .forEach((name, value) ->
                            text.append(name).append(": ").append(value).append("\r\n"));
            responseTo.write(text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII), false);
        }
        request = null;
        outbox = null;
        return List.of();
    }

    /** The fields of the response that accepts a request (RFC 6455 section 4.2.2). */
    static Map<String, String> responseFields(UpgradeRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Upgrade", "websocket");
        fields.put("Connection", "Upgrade");
        fields.put(
                "Sec-WebSocket-Accept",
                Base64.getEncoder().encodeToString(sha1(request.getFieldValue("Sec-WebSocket-Key"))));
        request.subprotocol().ifPresent(chosen -> fields.put("Sec-WebSocket-Protocol", chosen));
        return fields;
    }

    private static byte[] sha1(String key) {
        try {
            return MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static <T> T begun(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("no handshake has begun");
        }
        return part;
    }

    @Override
    public CloseHandshakeType getCloseHandshakeType() {
        return CloseHandshakeType.TWOWAY;
    }

    /** Each socket has a draft of its own from the beginning. */
    @Override
    public Draft copyInstance() {
        return this;
    }

    @Override
    public void reset() {
        // Holds nothing beyond the handshake.
    }

    @Override
    public HandshakeState acceptHandshakeAsClient(ClientHandshake handshake, ServerHandshake response) {
        throw notHere();
    }

    @Override
    public ClientHandshakeBuilder postProcessHandshakeRequestAsClient(ClientHandshakeBuilder handshake) {
        throw notHere();
    }

    @Override
    public ByteBuffer createBinaryFrame(Framedata frame) {
        throw notHere();
    }

    @Override
    public List<Framedata> createFrames(ByteBuffer binary, boolean mask) {
        throw notHere();
    }

    @Override
    public List<Framedata> createFrames(String text, boolean mask) {
        throw notHere();
    }

    @Override
    public List<Framedata> translateFrame(ByteBuffer bytes) {
        throw notHere();
    }

    @Override
    public void processFrame(WebSocketImpl socket, Framedata frame) {
        throw notHere();
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("frames go through FrameDecoder and Outbox, not through the library");
    }
}
