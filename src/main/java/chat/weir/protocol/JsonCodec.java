package chat.weir.protocol;

import chat.weir.protocol.frame.Frame;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes from and to JSON: the one place where both directions of the wire's text are made.
 *
 * <p>Threading: safe.
 */
public final class JsonCodec {
    private final EnvelopeReader decoder = new EnvelopeReader();
    private final JsonEncoder encoder = new JsonEncoder();

    /**
     * Reads what a client sent: one JSON object in valid UTF-8.
     *
     * @throws ChatException 400, saying what is wrong
     */
    public ClientEnvelope decode(byte[] utf8, int offset, int length) {
        return decoder.decode(utf8, offset, length);
    }

    /** Writes what the server says, framed and ready to be shared by all who get it. */
    public Frame encode(ServerEnvelope envelope) {
        return encoder.encode(envelope, null);
    }

    /**
     * As {@link #encode(ServerEnvelope)}.
     *
     * @param channel that the envelope is about, for those who joined it; null where it is the URL's
     */
    public Frame encode(ServerEnvelope envelope, @Nullable ChannelId channel) {
        return encoder.encode(envelope, channel);
    }

    /** The types that a client's envelope can have. */
    public static Stream<String> types() {
        return EnvelopeReader.types().stream();
    }
}
