package chat.weir.websocket;

import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.Frame;
import chat.weir.websocket.handshake.UpgradeRejection;

/**
 * The code and reason of a closed connection: of the close frame that was sent, or that arrived first.
 *
 * @param code of the close frame; 1005: it had none, 1006: there was no close frame
 */
record CloseReason(int code, String reason, boolean byClient) {
    static final CloseReason GONE = new CloseReason(1006, "the client is gone", true);
    static final CloseReason BROKEN = new CloseReason(1006, "the socket is broken", true);
    static final CloseReason TOO_SLOW = new CloseReason(CloseCode.TOO_SLOW.number(), "reads too slowly", false);

    /** The client's close frame came first. */
    static CloseReason byClient(int code, String reason) {
        return new CloseReason(code == 0 ? 1005 : code, reason, true);
    }

    /** We sent this close frame. */
    static CloseReason by(Frame close) {
        return new CloseReason(close.closeCode(), close.closeReason(), false);
    }

    /** The request was answered by HTTP. */
    static CloseReason by(UpgradeRejection refusal) {
        return new CloseReason(CloseCode.POLICY.number(), refusal.detail(), false);
    }
}
