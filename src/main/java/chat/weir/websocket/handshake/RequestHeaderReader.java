package chat.weir.websocket.handshake;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The time between accepting a socket and knowing what it is: collects the request's header and finds out whether it
 * asks for a WebSocket, and whose it is.
 *
 * <p>Threading: confined to the thread that reads the socket.
 */
public final class RequestHeaderReader {
    private final AdmissionControl admissionControl;
    private final HeaderBuffer header = new HeaderBuffer();

    public RequestHeaderReader(AdmissionControl admissionControl) {
        this.admissionControl = admissionControl;
    }

    /**
     * A request for a WebSocket, which may yet have to be refused.
     *
     * @param client where it comes from: what a trusted proxy says, or the socket's peer
     */
    public record Asked(UpgradeRequest request, InetAddress client) {}

    /** How much is held of a request that is not complete. */
    public int heldBytes() {
        return header.heldBytes();
    }

    /** Takes bytes up to the end of the request; whether it is known now what it is. */
    public boolean read(ByteBuffer bytes) {
        return header.take(bytes);
    }

    /**
     * The request for a WebSocket; null if it is something else: another request, or none, or one that is too long,
     * which HTTP answers.
     */
    @Nullable
    public Asked asked(InetAddress peer) {
        if (!header.isWhole()) {
            return null;
        }
        String text = header.text();
        if (!UpgradeRequest.asksForWebSocket(text)) {
            return null;
        }
        UpgradeRequest request = UpgradeRequest.parse(text);
        return new Asked(request, admissionControl.client(peer, request));
    }

    /** All that has been read: what this has taken, and what follows it. */
    public ByteBuffer allBytes(ByteBuffer following) {
        return header.and(following);
    }
}
