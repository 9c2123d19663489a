package chat.weir.websocket;

import chat.weir.protocol.CloseCode;
import chat.weir.protocol.Frame;

/**
 * How a connection ends: as the close frame says that was sent, or that came first.
 *
 * @param code of the close frame; 1005: it had none, 1006: there was no close frame
 */
record Ending(int code, String reason, boolean byClient) {
    static final Ending GONE = new Ending(1006, "the client is gone", true);
    static final Ending BROKEN = new Ending(1006, "the socket is broken", true);
    static final Ending TOO_SLOW = new Ending(CloseCode.TOO_SLOW.number(), "reads too slowly", false);

    /** The client's close frame came first. */
    static Ending byClient(int code, String reason) {
        return new Ending(code == 0 ? 1005 : code, reason, true);
    }

    /** We sent this close frame. */
    static Ending by(Frame close) {
        return new Ending(close.closeCode(), close.closeReason(), false);
    }

    /** The request was answered by HTTP. */
    static Ending by(HandshakeRefusal refusal) {
        return new Ending(CloseCode.POLICY.number(), refusal.detail(), false);
    }
}
