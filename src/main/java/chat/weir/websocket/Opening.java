package chat.weir.websocket;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The time between accepting a socket and its upgrade: collects the request and finds out whose it is.
 *
 * <p>Threading: confined to the thread that reads the socket.
 */
final class Opening {
    private final Admission admission;
    private final HeaderBuffer header = new HeaderBuffer();

    Opening(Admission admission) {
        this.admission = admission;
    }

    /**
     * A request that is complete, and may yet have to be refused.
     *
     * @param client where it comes from: what a trusted proxy says, or the socket's peer
     */
    record Asked(HandshakeRequest request, InetAddress client) {}

    /** How much is held of a request that is not complete. */
    int heldBytes() {
        return header.heldBytes();
    }

    /**
     * Takes bytes up to the end of the request.
     *
     * @return null while it is not complete
     * @throws HandshakeRefusal if it is none
     */
    @Nullable
    Asked read(ByteBuffer bytes, InetAddress peer) {
        String text = header.take(bytes);
        if (text == null) {
            return null;
        }
        HandshakeRequest request = HandshakeRequest.parse(text);
        return new Asked(request, admission.client(peer, request));
    }
}
