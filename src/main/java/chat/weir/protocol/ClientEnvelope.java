package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/** What a client may say. Each has an optional {@code ref}, which every direct reply to it repeats. */
public sealed interface ClientEnvelope {

    /** The client's own mark for this envelope, at most {@value JsonDecoder#MAX_REF_CHARS} characters. */
    @Nullable
    String ref();

    /** The {@code type} on the wire. */
    String type();

    /** The answer to the server's heartbeat: this client is alive. */
    record Heartbeat(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "heartbeat";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Asks for a name; whether it is a valid one is not known yet. */
    record Identity(String user, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "identity";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Says something in the channel. */
    record Message(String text, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "message";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
