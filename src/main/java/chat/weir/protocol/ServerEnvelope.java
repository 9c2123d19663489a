package chat.weir.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The envelopes that the server can send. Each writes its own fields, so the compiler ensures that none is missing. */
public sealed interface ServerEnvelope {

    /** Writes the fields of the JSON object, {@code type} first. */
    void write(JsonGenerator out);

    /**
     * The first frame in a channel: {@code {"type":"connection","id":"fishing"}}.
     *
     * @param recovered whether the missed messages follow; null if the client did not ask for them
     */
    record Connection(
            ChannelId id,
            @Nullable Boolean recovered,
            @Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("connection", out);
            out.writeStringProperty("id", id.value());
            if (recovered != null) {
                out.writeStringProperty("recovered", recovered.toString());
            }
            writeRef(ref, out);
        }
    }

    /** The authentication state of the connection; a string on the wire. */
    record Heartbeat(boolean authenticated) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("heartbeat", out);
            out.writeStringProperty("authenticated", Boolean.toString(authenticated));
        }
    }

    /**
     * The answer to a request for a name.
     *
     * @param reason null if the name was granted
     * @param resume the secret with which the client can take the name back on another connection; null if not granted
     */
    record Identity(
            @Nullable Reason reason,
            @Nullable String resume,
            @Nullable String ref) implements ServerEnvelope {
        /** Why a name was not granted. */
        public enum Reason {
            /** Another user has it in one of the channels. */
            TAKEN("taken"),
            /** It is not a valid name. */
            INVALID("invalid"),
            /** It is the name of an account. */
            REGISTERED("registered"),
            /** The name or the address is banned. */
            BANNED("banned");

            private final String wireName;

            Reason(String wireName) {
                this.wireName = wireName;
            }
        }

        @Override
        public void write(JsonGenerator out) {
            writeType("identity", out);
            out.writeStringProperty("success", Boolean.toString(reason == null));
            if (reason != null) {
                out.writeStringProperty("reason", reason.wireName);
            }
            if (reason == Reason.INVALID) {
                out.writeStringProperty("message", UserName.RULE);
            }
            if (resume != null) {
                out.writeStringProperty("resume", resume);
            }
            writeRef(ref, out);
        }
    }

    /** The client is logged in. */
    record Auth(UserName user, @Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("auth", out);
            out.writeNumberProperty("code", 200);
            out.writeStringProperty("message", "Authentication complete");
            out.writeStringProperty("user", user.value());
            writeRef(ref, out);
        }
    }

    /** A message; {@code timestamp} is in Unix seconds, and {@code replyTo} is 0 if it answers no other. */
    record Message(String text, long timestamp, UserName user, long id, long replyTo) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("message", out);
            out.writeStringProperty("text", text);
            out.writeNumberProperty("timestamp", timestamp);
            out.writeStringProperty("user", user.value());
            out.writeNumberProperty("id", id);
            if (replyTo != 0) {
                out.writeNumberProperty("replyTo", replyTo);
            }
        }
    }

    /** The message was stored and sent to the channel; {@code timestamp} is in Unix seconds. */
    record Ack(long id, long timestamp, String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("ack", out);
            writeRef(ref, out);
            out.writeNumberProperty("id", id);
            out.writeNumberProperty("timestamp", timestamp);
        }
    }

    /** A page of a channel's history, oldest first; {@code next} is the id to continue from, or null at the end. */
    record History(
            List<HistoryMessage> messages,
            @Nullable Long next,
            @Nullable String ref) implements ServerEnvelope {
        public History {
            messages = List.copyOf(messages);
        }

        @Override
        public void write(JsonGenerator out) {
            writeType("history", out);
            out.writeArrayPropertyStart("messages");
            messages.forEach(message -> message.write(out));
            out.writeEndArray();
            if (next != null) {
                out.writeNumberProperty("next", next);
            }
            writeRef(ref, out);
        }
    }

    /** A user has deleted a message. */
    record Deleted(long id, UserName user, long seq) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("delete", out);
            out.writeNumberProperty("id", id);
            out.writeStringProperty("user", user.value());
            out.writeNumberProperty("seq", seq);
        }
    }

    /** The author has edited a message; {@code timestamp} is in Unix seconds. */
    record Edited(long id, String text, UserName user, long timestamp, long seq) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("edit", out);
            out.writeNumberProperty("id", id);
            out.writeStringProperty("text", text);
            out.writeStringProperty("user", user.value());
            out.writeNumberProperty("timestamp", timestamp);
            out.writeNumberProperty("seq", seq);
        }
    }

    /** A user has reacted to a message, or has taken the reaction back. */
    record Reaction(boolean isTakenBack, long id, String emoji, UserName user, long seq) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType(isTakenBack ? "unreact" : "react", out);
            out.writeNumberProperty("id", id);
            out.writeStringProperty("emoji", emoji);
            out.writeStringProperty("user", user.value());
            out.writeNumberProperty("seq", seq);
        }
    }

    /** An account has read the channel up to this id. */
    record Read(long id, UserName user) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("read", out);
            out.writeNumberProperty("id", id);
            out.writeStringProperty("user", user.value());
        }
    }

    /** The users in a channel, sorted; null if there are too many to list. */
    record Users(
            @Nullable List<UserName> users,
            int count,
            @Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("users", out);
            if (users != null) {
                writeNames(users, out);
            }
            out.writeNumberProperty("count", count);
            writeRef(ref, out);
        }
    }

    /**
     * A user has joined, left or changed their name.
     *
     * @param from the old name; null unless the name has changed
     */
    record Notification(
            Event event, UserName user, @Nullable UserName from) implements ServerEnvelope {
        /** The kind of notification. */
        public enum Event {
            JOINED("joined"),
            LEFT("left"),
            RENAMED("renamed");

            private final String wireName;

            Event(String wireName) {
                this.wireName = wireName;
            }
        }

        /** The human-readable text. */
        String text() {
            return from == null ? user.value() + " " + event.wireName : from.value() + " is now " + user.value();
        }

        @Override
        public void write(JsonGenerator out) {
            writeType("notification", out);
            out.writeStringProperty("event", event.wireName);
            out.writeStringProperty("user", user.value());
            if (from != null) {
                out.writeStringProperty("from", from.value());
            }
            out.writeStringProperty("text", text());
        }
    }

    /** A user is typing, or has stopped. */
    record Typing(UserName user, boolean done) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType(done ? "doneTyping" : "typing", out);
            out.writeStringProperty("user", user.value());
        }
    }

    /** The answer to a ping; {@code timestamp} is in Unix seconds. */
    record Pong(String connection, long timestamp, @Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("pong", out);
            out.writeStringProperty("connection", connection);
            out.writeNumberProperty("timestamp", timestamp);
            writeRef(ref, out);
        }
    }

    /** The private chat of two users. */
    record Private(
            ChannelId channel,
            List<UserName> users,
            @Nullable String ref) implements ServerEnvelope {
        public Private {
            users = List.copyOf(users);
        }

        @Override
        public void write(JsonGenerator out) {
            writeType("private", out);
            out.writeStringProperty("channel", channel.value());
            writeNames(users, out);
            writeRef(ref, out);
        }
    }

    /**
     * A moderator has taken an action.
     *
     * @param type the type of the moderator's envelope
     * @param by the moderator
     * @param reason omitted if empty
     * @param seconds the duration; null: permanent, or the action has none
     * @param role the new role; null for all other actions
     * @param isEverywhere whether it applies to all channels
     */
    record ModerationNotice(
            String type,
            UserName user,
            UserName by,
            String reason,
            @Nullable Long seconds,
            @Nullable String role,
            boolean isEverywhere)
            implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType(type, out);
            out.writeStringProperty("user", user.value());
            out.writeStringProperty("by", by.value());
            if (role != null) {
                out.writeStringProperty("role", role);
            }
            if (seconds != null) {
                out.writeNumberProperty("duration", seconds);
            }
            if (!reason.isEmpty()) {
                out.writeStringProperty("reason", reason);
            }
            if (isEverywhere) {
                out.writeStringProperty("channel", "*");
            }
        }
    }

    /** The connection has left a joined channel. */
    record Left(ChannelId channel, @Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("leave", out);
            out.writeStringProperty("channel", channel.value());
            writeRef(ref, out);
        }
    }

    /** The client is anonymous again. */
    record LoggedOut(@Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("logout", out);
            writeRef(ref, out);
        }
    }

    /**
     * An envelope was rejected. {@code retryAfter} is in milliseconds here and in seconds on the wire; 0 is omitted.
     */
    record ErrorEnvelope(
            ErrorCode code,
            ErrorReason reason,
            String message,
            long retryAfter,
            @Nullable String ref) implements ServerEnvelope {
        private static final long MILLIS = 1_000;

        /** The reply to an envelope that failed; {@code envelopeRef} is its {@code ref}, if it could be read. */
        public static ErrorEnvelope of(ChatException error, @Nullable String envelopeRef) {
            String ref = error.ref() == null ? envelopeRef : error.ref();
            return new ErrorEnvelope(error.code(), error.reason(), error.text(), error.retryAfterMillis(), ref);
        }

        @Override
        public void write(JsonGenerator out) {
            writeType("error", out);
            out.writeNumberProperty("code", code.number());
            out.writeStringProperty("reason", reason.wireName());
            out.writeStringProperty("message", message);
            if (retryAfter % MILLIS != 0) {
                out.writeNumberProperty("retryAfter", retryAfter / (double) MILLIS);
            } else if (retryAfter > 0) {
                out.writeNumberProperty("retryAfter", retryAfter / MILLIS);
            }
            writeRef(ref, out);
        }
    }

    /** Confirms an envelope that has no other reply. */
    record Done(String type, String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType(type, out);
            writeRef(ref, out);
        }
    }

    private static void writeType(String type, JsonGenerator out) {
        out.writeStringProperty("type", type);
    }

    private static void writeRef(@Nullable String ref, JsonGenerator out) {
        if (ref != null) {
            out.writeStringProperty("ref", ref);
        }
    }

    private static void writeNames(List<UserName> users, JsonGenerator out) {
        out.writeArrayPropertyStart("users");
        users.forEach(user -> out.writeString(user.value()));
        out.writeEndArray();
    }
}
