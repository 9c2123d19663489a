package chat.weir.protocol;

import chat.weir.protocol.frame.Frame;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts envelopes from and to JSON. This is the only place that knows the text format, in both directions.
 *
 * <p>Threading: safe.
 */
public final class JsonCodec {
    private final EnvelopeReader decoder = new EnvelopeReader();
    private final JsonEncoder encoder = new JsonEncoder();

    /**
     * Decodes a client's frame: one JSON object in valid UTF-8.
     *
     * @throws ChatException 400 with the error
     */
    public ClientEnvelope decode(byte[] utf8, int offset, int length) {
        return decoder.decode(utf8, offset, length);
    }

    /** Encodes a server envelope as a frame that can be shared by all recipients. */
    public Frame encode(ServerEnvelope envelope) {
        return encoder.encode(envelope, null);
    }

    /**
     * As {@link #encode(ServerEnvelope)}.
     *
     * @param channel the channel that the envelope is about, for members that have joined it; null for the URL's
     *     channel
     */
    public Frame encode(ServerEnvelope envelope, @Nullable ChannelId channel) {
        return encoder.encode(envelope, channel);
    }

    /** The types of client envelopes. */
    public static Stream<String> types() {
        return EnvelopeReader.types().stream();
    }
}
