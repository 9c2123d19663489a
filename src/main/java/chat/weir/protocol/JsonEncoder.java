package chat.weir.protocol;

import chat.weir.protocol.ServerEnvelope.ModerationNotice;
import chat.weir.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Frames server envelopes, which write themselves, each once and straight into bytes.
 *
 * <p>Threading: safe.
 */
final class JsonEncoder {
    private final JsonFactory json = JsonFactory.builder().build();

    /** @param channel for its field; null: none */
    Frame encode(ServerEnvelope envelope, @Nullable ChannelId channel) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(256)) {
            try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
                out.writeStartObject();
                envelope.write(out);
                if (channel != null && !isEverywhere(envelope)) {
                    out.writeStringProperty("channel", channel.value());
                }
                out.writeEndObject();
            }
            byte[] utf8 = bytes.toByteArray();
            return Frame.text(utf8, 0, utf8.length);
        }
    }

    /** Then its channel is not the one that it is told in. */
    private static boolean isEverywhere(ServerEnvelope envelope) {
        return envelope instanceof ModerationNotice notice && notice.isEverywhere();
    }
}
