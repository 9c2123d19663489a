package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/** What the server may say. The JSON of each is written by {@link JsonEncoder}. */
public sealed interface ServerEnvelope {

    /** The first frame in a channel: {@code {"type":"connection","id":"fishing"}}. */
    record Connection(ChannelId id) implements ServerEnvelope {}

    /** The connection's state; the value is a string on the wire. */
    record Heartbeat(boolean authenticated) implements ServerEnvelope {}

    /** The answer to a request for a name; {@code reason} is null when it was granted. */
    record Identity(@Nullable Reason reason, @Nullable String ref) implements ServerEnvelope {
        /** Why a name was not granted. */
        public enum Reason {
            TAKEN,
            INVALID
        }
    }

    /** Somebody said something; {@code timestamp} is in Unix seconds. */
    record Message(String text, long timestamp, UserName user, long id) implements ServerEnvelope {}

    /** The sender's message has gone to the channel under this id; {@code timestamp} is in Unix seconds. */
    record Ack(long id, long timestamp, String ref) implements ServerEnvelope {}

    /** An envelope could not be done; {@code retryAfter} is in milliseconds and left out when it is 0. */
    record ErrorEnvelope(
            ErrorCode code,
            String message,
            long retryAfter,
            @Nullable String ref) implements ServerEnvelope {}

    /** An envelope that has no reply of its own was done. */
    record Done(String type, String ref) implements ServerEnvelope {}
}
