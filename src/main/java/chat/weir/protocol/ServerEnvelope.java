package chat.weir.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What the server may say. Each writes itself, so that none can be forgotten. */
public sealed interface ServerEnvelope {

    /** Writes the fields into a JSON object, {@code type} first, by the names that the protocol gives them. */
    void write(JsonGenerator out);

    /**
     * The first frame in a channel: {@code {"type":"connection","id":"fishing"}}.
     *
     * @param recovered whether what was missed follows; null if the client did not ask for it
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

    /** The connection's state; the value is a string on the wire. */
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
     * @param reason null when it was granted
     * @param resume by which the client takes the name back on another connection; null when it was not granted
     */
    record Identity(
            @Nullable Reason reason,
            @Nullable String resume,
            @Nullable String ref) implements ServerEnvelope {
        /** Why a name was not granted. */
        public enum Reason {
            /** Somebody holds it here. */
            TAKEN("taken"),
            /** It is no name. */
            INVALID("invalid"),
            /** It is the name of an account. */
            REGISTERED("registered"),
            /** Who goes by it, or comes from the same address, has been shut out. */
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

    /** Somebody said something; {@code timestamp} is in Unix seconds. */
    record Message(String text, long timestamp, UserName user, long id) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("message", out);
            writeContent(out);
        }

        /** Without the type, as in a page of history. */
        private void writeContent(JsonGenerator out) {
            out.writeStringProperty("text", text);
            out.writeNumberProperty("timestamp", timestamp);
            out.writeStringProperty("user", user.value());
            out.writeNumberProperty("id", id);
        }
    }

    /** The sender's message has gone to the channel under this id; {@code timestamp} is in Unix seconds. */
    record Ack(long id, long timestamp, String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("ack", out);
            writeRef(ref, out);
            out.writeNumberProperty("id", id);
            out.writeNumberProperty("timestamp", timestamp);
        }
    }

    /**
     * A part of a channel's history, oldest first.
     *
     * @param next to page on with; null at the end
     */
    record History(
            List<Message> messages,
            @Nullable Long next,
            @Nullable String ref) implements ServerEnvelope {
        public History {
            messages = List.copyOf(messages);
        }

        @Override
        public void write(JsonGenerator out) {
            writeType("history", out);
            out.writeArrayPropertyStart("messages");
            for (Message message : messages) {
                out.writeStartObject();
                message.writeContent(out);
                out.writeEndObject();
            }
            out.writeEndArray();
            if (next != null) {
                out.writeNumberProperty("next", next);
            }
            writeRef(ref, out);
        }
    }

    /** A message has been removed, by that user. */
    record Deleted(long id, UserName user) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("delete", out);
            out.writeNumberProperty("id", id);
            out.writeStringProperty("user", user.value());
        }
    }

    /**
     * Who is here.
     *
     * @param users sorted; null where there are too many to list
     */
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
     * Somebody came, went, or goes by another name.
     *
     * @param from the old name; null unless it is about a name
     */
    record Notification(
            Event event, UserName user, @Nullable UserName from) implements ServerEnvelope {
        /** What happened. */
        public enum Event {
            JOINED("joined"),
            LEFT("left"),
            RENAMED("renamed");

            private final String wireName;

            Event(String wireName) {
                this.wireName = wireName;
            }
        }

        /** The same for people. */
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

    /** Somebody writes something, or has stopped. */
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

    /** The channel that only these two may enter. */
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
     * A moderator has done something to somebody.
     *
     * @param type of the envelope that asked for it
     * @param by who did it
     * @param reason left out if it is empty
     * @param seconds for how long; null: it has no duration, or holds for good
     * @param role that he has now; null: it is about something else
     * @param isEverywhere it holds in all channels
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

    /** The connection is no longer in a channel that it had joined. */
    record Left(ChannelId channel, @Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("leave", out);
            out.writeStringProperty("channel", channel.value());
            writeRef(ref, out);
        }
    }

    /** The client is nobody again. */
    record LoggedOut(@Nullable String ref) implements ServerEnvelope {
        @Override
        public void write(JsonGenerator out) {
            writeType("logout", out);
            writeRef(ref, out);
        }
    }

    /** An envelope could not be done; {@code retryAfter} is in milliseconds here, in seconds on the wire, and left out when it is 0. */
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

    /** An envelope that has no reply of its own was done. */
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
