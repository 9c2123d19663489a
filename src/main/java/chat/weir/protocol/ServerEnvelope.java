package chat.weir.protocol;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server may say. The JSON of each is written by {@link JsonEncoder}. */
public sealed interface ServerEnvelope {

    /**
     * The first frame in a channel: {@code {"type":"connection","id":"fishing"}}.
     *
     * @param recovered whether what was missed follows; null if the client did not ask for it
     */
    record Connection(
            ChannelId id,
            @Nullable Boolean recovered,
            @Nullable String ref) implements ServerEnvelope {}

    /** The connection's state; the value is a string on the wire. */
    record Heartbeat(boolean authenticated) implements ServerEnvelope {}

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
            TAKEN,
            /** It is no name. */
            INVALID,
            /** It is the name of an account. */
            REGISTERED,
            /** Who goes by it, or comes from the same address, has been shut out. */
            BANNED;

            String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** The client is logged in. */
    record Auth(UserName user, @Nullable String ref) implements ServerEnvelope {}

    /** Somebody said something; {@code timestamp} is in Unix seconds. */
    record Message(String text, long timestamp, UserName user, long id) implements ServerEnvelope {}

    /** The sender's message has gone to the channel under this id; {@code timestamp} is in Unix seconds. */
    record Ack(long id, long timestamp, String ref) implements ServerEnvelope {}

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
    }

    /** A message has been removed, by that user. */
    record Deleted(long id, UserName user) implements ServerEnvelope {}

    /**
     * Who is here.
     *
     * @param users sorted; null where there are too many to list
     */
    record Users(
            @Nullable List<UserName> users,
            int count,
            @Nullable String ref) implements ServerEnvelope {}

    /**
     * Somebody came, went, or goes by another name.
     *
     * @param from the old name; null unless it is about a name
     */
    record Notification(
            Event event, UserName user, @Nullable UserName from) implements ServerEnvelope {
        /** What happened. */
        public enum Event {
            JOINED,
            LEFT,
            RENAMED;

            String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** The same for people. */
        String text() {
            return from == null ? user.value() + " " + event.wireName() : from.value() + " is now " + user.value();
        }
    }

    /** Somebody writes something, or has stopped. */
    record Typing(UserName user, boolean done) implements ServerEnvelope {}

    /** The answer to a ping; {@code timestamp} is in Unix seconds. */
    record Pong(String connection, long timestamp, @Nullable String ref) implements ServerEnvelope {}

    /** The channel that only these two may enter. */
    record Private(
            ChannelId channel,
            List<UserName> users,
            @Nullable String ref) implements ServerEnvelope {
        public Private {
            users = List.copyOf(users);
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
    record Measure(
            String type,
            UserName user,
            UserName by,
            String reason,
            @Nullable Long seconds,
            @Nullable String role,
            boolean isEverywhere)
            implements ServerEnvelope {}

    /** The connection is no longer in a channel that it had joined. */
    record Left(ChannelId channel, @Nullable String ref) implements ServerEnvelope {}

    /** The client is nobody again. */
    record LoggedOut(@Nullable String ref) implements ServerEnvelope {}

    /** An envelope could not be done; {@code retryAfter} is in milliseconds here, in seconds on the wire, and left out when it is 0. */
    record ErrorEnvelope(
            ErrorCode code,
            ErrorReason reason,
            String message,
            long retryAfter,
            @Nullable String ref) implements ServerEnvelope {}

    /** An envelope that has no reply of its own was done. */
    record Done(String type, String ref) implements ServerEnvelope {}
}
