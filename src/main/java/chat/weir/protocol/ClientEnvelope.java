package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The envelopes that a client can send. Each has an optional {@code ref}, which every direct reply repeats. Those
 * about a channel have an optional {@code channel}; the default is the channel of the URL.
 */
public sealed interface ClientEnvelope {

    /** The client's own id for this envelope, at most {@value EnvelopeFields#MAX_REF_CHARS} characters. */
    @Nullable
    String ref();

    /** The {@code type} on the wire: a constant per envelope, so that records can be renamed. */
    String type();

    /** The answer to the server's heartbeat. */
    record Heartbeat(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "heartbeat";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Requests a name, which is not validated yet.
     *
     * @param resume the secret that the client got when it last had the name
     */
    record Identity(
            String user, @Nullable String resume, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "identity";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Logs in to an account, and optionally joins a channel. */
    record Auth(
            Credentials credentials,
            @Nullable ChannelId room,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "auth";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Sends a message to a channel.
     *
     * @param replyTo the id of the message that it answers; {@link #NO_MESSAGE}: none
     */
    record Message(
            String text,
            long replyTo,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "message";

        /** The message answers no other. */
        public static final long NO_MESSAGE = 0;

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Requests a page of a channel's history.
     *
     * @param before requests the messages before this id; {@link #ABSENT}: not set
     * @param after requests the messages after this id; {@link #ABSENT}: not set
     */
    record History(
            long before,
            long after,
            int limit,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "history";

        static final int DEFAULT_LIMIT = 10;
        static final int MAX_LIMIT = 100;
        /** No id is set. */
        public static final long ABSENT = -1;

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Deletes a message. */
    record Delete(
            long id, @Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "delete";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Has read the channel up to this id. */
    record Read(
            long id, @Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "read";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Changes the text of a message. */
    record Edit(
            long id,
            String text,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "edit";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Reacts to a message with an emoji, which is not validated yet. */
    record React(
            long id,
            String emoji,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "react";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Takes back a reaction. */
    record Unreact(
            long id,
            String emoji,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "unreact";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Joins a channel in addition to the URL's channel.
     *
     * @param since the number of the last event that the client has seen there; {@link #ABSENT}: not set
     */
    record Join(ChannelId channel, long since, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "join";

        /** The client does not request what it has missed. */
        public static final long ABSENT = -1;

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Leaves a joined channel. */
    record Leave(ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "leave";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Requests the list of users. */
    record Users(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "users";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The user is typing. */
    record Typing(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "typing";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The user has stopped typing. */
    record DoneTyping(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "doneTyping";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Requests a pong, to measure the latency. */
    record Ping(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "ping";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Gives up the name or the login. */
    record Logout(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "logout";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Requests the private chat with another user.
     *
     * @param user the other user
     * @param channel the channel in which to look for a guest with that name
     */
    record Private(
            String user,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "private";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Kicks a user from a channel; the reason is shown to the channel, and may be empty. */
    record Kick(
            String user,
            String reason,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "kick";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Mutes a user in a channel.
     *
     * @param seconds the duration; {@link #PERMANENT}: until it is lifted
     */
    record Mute(
            String user,
            long seconds,
            String reason,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "mute";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Unmutes a user. */
    record Unmute(
            String user,
            String reason,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "unmute";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Bans a user from a channel, or from all channels.
     *
     * @param seconds the duration; {@link #PERMANENT}: until it is lifted
     */
    record Ban(
            String user,
            long seconds,
            String reason,
            RequestedScope scope,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "ban";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Lifts a ban. */
    record Unban(
            String user,
            String reason,
            RequestedScope scope,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "unban";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Makes an account a moderator of a channel, or a member again. */
    record Role(
            String user,
            String role,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "role";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** The duration of a permanent sanction. */
    long PERMANENT = 0;

    /** Blocks a user for the sender. */
    record Block(String user, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "block";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Unblocks a user. */
    record Unblock(String user, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "unblock";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Turns the connection's test mode on or off. */
    record SetTestMode(boolean value, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "setTestMode";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Resets a connection in test mode to its initial state. */
    record ResetSocket(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "resetSocket";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
