package chat.weir.protocol;

import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.ServerEnvelope.Connection;
import chat.weir.protocol.ServerEnvelope.Done;
import chat.weir.protocol.ServerEnvelope.ErrorEnvelope;
import chat.weir.protocol.ServerEnvelope.Heartbeat;
import chat.weir.protocol.ServerEnvelope.Identity;
import chat.weir.protocol.ServerEnvelope.Message;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Writes server envelopes as the protocol spells them, each once and straight into bytes.
 *
 * <p>Threading: safe.
 */
final class JsonEncoder {
    private final JsonFactory json = JsonFactory.builder().build();

    Frame encode(ServerEnvelope envelope) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(256)) {
            try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
                out.writeStartObject();
                write(envelope, out);
                out.writeEndObject();
            }
            byte[] utf8 = bytes.toByteArray();
            return Frame.text(utf8, 0, utf8.length);
        }
    }

    private static void write(ServerEnvelope envelope, JsonGenerator out) {
        if (envelope instanceof Message message) {
            type("message", out);
            out.writeStringProperty("text", message.text());
            out.writeNumberProperty("timestamp", message.timestamp());
            out.writeStringProperty("user", message.user().value());
            out.writeNumberProperty("id", message.id());
        } else if (envelope instanceof Connection connection) {
            type("connection", out);
            out.writeStringProperty("id", connection.id().value());
        } else if (envelope instanceof Heartbeat heartbeat) {
            type("heartbeat", out);
            out.writeStringProperty("authenticated", Boolean.toString(heartbeat.authenticated()));
        } else {
            writeReply(envelope, out);
        }
    }

    private static void writeReply(ServerEnvelope envelope, JsonGenerator out) {
        if (envelope instanceof Identity identity) {
            type("identity", out);
            out.writeStringProperty("success", Boolean.toString(identity.reason() == null));
            if (identity.reason() != null) {
                out.writeStringProperty("reason", identity.reason().name().toLowerCase(Locale.ROOT));
            }
            ref(identity.ref(), out);
        } else if (envelope instanceof Ack ack) {
            type("ack", out);
            ref(ack.ref(), out);
            out.writeNumberProperty("id", ack.id());
            out.writeNumberProperty("timestamp", ack.timestamp());
        } else if (envelope instanceof ErrorEnvelope error) {
            type("error", out);
            out.writeNumberProperty("code", error.code().number());
            out.writeStringProperty("message", error.message());
            if (error.retryAfter() > 0) {
                out.writeNumberProperty("retryAfter", error.retryAfter());
            }
            ref(error.ref(), out);
        } else if (envelope instanceof Done done) {
            type(done.type(), out);
            ref(done.ref(), out);
        }
    }

    private static void type(String type, JsonGenerator out) {
        out.writeStringProperty("type", type);
    }

    private static void ref(@Nullable String ref, JsonGenerator out) {
        if (ref != null) {
            out.writeStringProperty("ref", ref);
        }
    }
}
