package chat.weir.protocol;

import chat.weir.protocol.ServerEnvelope.ModerationNotice;
import chat.weir.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Encodes server envelopes as frames. Each envelope writes its own fields.
 *
 * <p>Threading: safe.
 */
final class JsonEncoder {
    private final JsonFactory json = JsonFactory.builder().build();

    /** @param channel value of the field {@code channel}; null: none */
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

    /** Such a notice has {@code "channel":"*"} instead of the channel that it is sent in. */
    private static boolean isEverywhere(ServerEnvelope envelope) {
        return envelope instanceof ModerationNotice notice && notice.isEverywhere();
    }
}
