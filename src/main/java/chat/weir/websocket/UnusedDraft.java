package chat.weir.websocket;

import chat.weir.websocket.outbox.Outbox;
import java.nio.ByteBuffer;
import java.util.List;
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

/**
 * Stands for a version of the protocol, which the library wants for each socket. It is never asked for anything:
 * handshakes are read and answered by {@link InboundHandler} and {@link ClientSocket}, frames go through {@code
 * FrameDecoder} and {@link Outbox}.
 *
 * <p>Chosen over {@code Draft_6455}, each of which holds a {@code SecureRandom} and five collections for a connection's
 * life, and reads a header again from its start whenever more of it comes.
 *
 * <p>Threading: immutable; all sockets share one.
 */
final class UnusedDraft extends Draft {
    static final List<Draft> LIST = List.of(new UnusedDraft());

    private UnusedDraft() {}

    @Override
    public Handshakedata translateHandshake(ByteBuffer header) {
        throw notHere();
    }

    @Override
    public HandshakeState acceptHandshakeAsServer(ClientHandshake handshake) {
        throw notHere();
    }

    @Override
    public HandshakeBuilder postProcessHandshakeResponseAsServer(
            ClientHandshake handshake, ServerHandshakeBuilder response) {
        throw notHere();
    }

    @Override
    public CloseHandshakeType getCloseHandshakeType() {
        return CloseHandshakeType.TWOWAY;
    }

    @Override
    public Draft copyInstance() {
        return this;
    }

    @Override
    public void reset() {
        // Holds nothing.
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
        return new IllegalStateException("handshakes and frames do not go through the library");
    }
}
