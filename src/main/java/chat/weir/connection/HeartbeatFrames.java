package chat.weir.connection;

import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.Frame;

/** The two heartbeat envelopes there are, encoded once for all connections and for good. */
public record HeartbeatFrames(Frame authenticated, Frame unauthenticated) {

    public static HeartbeatFrames encodedBy(JsonCodec codec) {
        return new HeartbeatFrames(
                codec.encode(new ServerEnvelope.Heartbeat(true)), codec.encode(new ServerEnvelope.Heartbeat(false)));
    }

    Frame of(boolean isAuthenticated) {
        return isAuthenticated ? authenticated : unauthenticated;
    }
}
