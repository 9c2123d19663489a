package chat.weir.protocol;

import chat.weir.protocol.ServerEnvelope.Ack;
import chat.weir.protocol.ServerEnvelope.Auth;
import chat.weir.protocol.ServerEnvelope.Connection;
import chat.weir.protocol.ServerEnvelope.Deleted;
import chat.weir.protocol.ServerEnvelope.Done;
import chat.weir.protocol.ServerEnvelope.ErrorEnvelope;
import chat.weir.protocol.ServerEnvelope.Heartbeat;
import chat.weir.protocol.ServerEnvelope.History;
import chat.weir.protocol.ServerEnvelope.Identity;
import chat.weir.protocol.ServerEnvelope.Left;
import chat.weir.protocol.ServerEnvelope.LoggedOut;
import chat.weir.protocol.ServerEnvelope.Measure;
import chat.weir.protocol.ServerEnvelope.Message;
import chat.weir.protocol.ServerEnvelope.Notification;
import chat.weir.protocol.ServerEnvelope.Pong;
import chat.weir.protocol.ServerEnvelope.Private;
import chat.weir.protocol.ServerEnvelope.Typing;
import chat.weir.protocol.ServerEnvelope.Users;
import java.util.List;
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
    private static final long MILLIS = 1_000;

    private final JsonFactory json = JsonFactory.builder().build();

    /** @param channel for its field; null: none */
    Frame encode(ServerEnvelope envelope, @Nullable ChannelId channel) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(256)) {
            try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
                out.writeStartObject();
                write(envelope, out);
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
        return envelope instanceof Measure measure && measure.isEverywhere();
    }

    private static void write(ServerEnvelope envelope, JsonGenerator out) {
        if (envelope instanceof Message message) {
            type("message", out);
            write(message, out);
        } else if (envelope instanceof Ack ack) {
            type("ack", out);
            ref(ack.ref(), out);
            out.writeNumberProperty("id", ack.id());
            out.writeNumberProperty("timestamp", ack.timestamp());
        } else if (envelope instanceof Heartbeat heartbeat) {
            type("heartbeat", out);
            out.writeStringProperty("authenticated", Boolean.toString(heartbeat.authenticated()));
        } else if (envelope instanceof Connection connection) {
            write(connection, out);
        } else if (envelope instanceof Deleted deleted) {
            type("delete", out);
            out.writeNumberProperty("id", deleted.id());
            out.writeStringProperty("user", deleted.user().value());
        } else {
            writeReply(envelope, out);
        }
    }

    private static void writeReply(ServerEnvelope envelope, JsonGenerator out) {
        if (envelope instanceof Identity identity) {
            write(identity, out);
        } else if (envelope instanceof History history) {
            write(history, out);
        } else if (envelope instanceof ErrorEnvelope error) {
            write(error, out);
        } else if (envelope instanceof Auth auth) {
            type("auth", out);
            out.writeNumberProperty("code", 200);
            out.writeStringProperty("message", "Authentication complete");
            out.writeStringProperty("user", auth.user().value());
            ref(auth.ref(), out);
        } else if (envelope instanceof Left left) {
            type("leave", out);
            out.writeStringProperty("channel", left.channel().value());
            ref(left.ref(), out);
        } else if (envelope instanceof LoggedOut loggedOut) {
            type("logout", out);
            ref(loggedOut.ref(), out);
        } else if (envelope instanceof Done done) {
            type(done.type(), out);
            ref(done.ref(), out);
        } else {
            writePresence(envelope, out);
        }
    }

    private static void writePresence(ServerEnvelope envelope, JsonGenerator out) {
        if (envelope instanceof Users users) {
            type("users", out);
            if (users.users() != null) {
                names(users.users(), out);
            }
            out.writeNumberProperty("count", users.count());
            ref(users.ref(), out);
        } else if (envelope instanceof Notification notification) {
            type("notification", out);
            out.writeStringProperty("event", notification.event().wireName());
            out.writeStringProperty("user", notification.user().value());
            if (notification.from() != null) {
                out.writeStringProperty("from", notification.from().value());
            }
            out.writeStringProperty("text", notification.text());
        } else if (envelope instanceof Typing typing) {
            type(typing.done() ? "doneTyping" : "typing", out);
            out.writeStringProperty("user", typing.user().value());
        } else if (envelope instanceof Measure measure) {
            write(measure, out);
        } else if (envelope instanceof Pong pong) {
            type("pong", out);
            out.writeStringProperty("connection", pong.connection());
            out.writeNumberProperty("timestamp", pong.timestamp());
            ref(pong.ref(), out);
        } else if (envelope instanceof Private opened) {
            type("private", out);
            out.writeStringProperty("channel", opened.channel().value());
            names(opened.users(), out);
            ref(opened.ref(), out);
        }
    }

    private static void write(Measure measure, JsonGenerator out) {
        type(measure.type(), out);
        out.writeStringProperty("user", measure.user().value());
        out.writeStringProperty("by", measure.by().value());
        if (measure.role() != null) {
            out.writeStringProperty("role", measure.role());
        }
        if (measure.seconds() != null) {
            out.writeNumberProperty("duration", measure.seconds());
        }
        if (!measure.reason().isEmpty()) {
            out.writeStringProperty("reason", measure.reason());
        }
        if (measure.isEverywhere()) {
            out.writeStringProperty("channel", "*");
        }
    }

    private static void names(List<UserName> users, JsonGenerator out) {
        out.writeArrayPropertyStart("users");
        users.forEach(user -> out.writeString(user.value()));
        out.writeEndArray();
    }

    /** The fields of a message without its type, as it also stands in a page of history. */
    private static void write(Message message, JsonGenerator out) {
        out.writeStringProperty("text", message.text());
        out.writeNumberProperty("timestamp", message.timestamp());
        out.writeStringProperty("user", message.user().value());
        out.writeNumberProperty("id", message.id());
    }

    private static void write(Connection connection, JsonGenerator out) {
        type("connection", out);
        out.writeStringProperty("id", connection.id().value());
        if (connection.recovered() != null) {
            out.writeStringProperty("recovered", connection.recovered().toString());
        }
        ref(connection.ref(), out);
    }

    private static void write(Identity identity, JsonGenerator out) {
        type("identity", out);
        out.writeStringProperty("success", Boolean.toString(identity.reason() == null));
        if (identity.reason() != null) {
            out.writeStringProperty("reason", identity.reason().wireName());
        }
        if (identity.resume() != null) {
            out.writeStringProperty("resume", identity.resume());
        }
        ref(identity.ref(), out);
    }

    private static void write(History history, JsonGenerator out) {
        type("history", out);
        out.writeArrayPropertyStart("messages");
        for (Message message : history.messages()) {
            out.writeStartObject();
            write(message, out);
            out.writeEndObject();
        }
        out.writeEndArray();
        if (history.next() != null) {
            out.writeNumberProperty("next", history.next());
        }
        ref(history.ref(), out);
    }

    private static void write(ErrorEnvelope error, JsonGenerator out) {
        type("error", out);
        out.writeNumberProperty("code", error.code().number());
        out.writeStringProperty("reason", error.reason().wireName());
        out.writeStringProperty("message", error.message());
        if (error.retryAfter() % MILLIS != 0) {
            out.writeNumberProperty("retryAfter", error.retryAfter() / (double) MILLIS);
        } else if (error.retryAfter() > 0) {
            out.writeNumberProperty("retryAfter", error.retryAfter() / MILLIS);
        }
        ref(error.ref(), out);
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
