package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a client may say. Each has an optional {@code ref}, which every direct reply to it repeats; those about a channel
 * an optional {@code channel}, without which the URL's is meant.
 */
public sealed interface ClientEnvelope {

    /** The client's own mark for this envelope, at most {@value EnvelopeFields#MAX_REF_CHARS} characters. */
    @Nullable
    String ref();

    /** The {@code type} on the wire: a constant of each, so that a record can be renamed. */
    String type();

    /** The answer to the server's heartbeat: this client is alive. */
    record Heartbeat(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "heartbeat";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Asks for a name; whether it is a valid one is not known yet.
     *
     * @param resume the secret that came with the name when the client held it before
     */
    record Identity(
            String user, @Nullable String resume, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "identity";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Logs in to an account, and joins a channel if a room is named. */
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

    /** By what somebody shows that an account is his. */
    sealed interface Credentials {
        /** A name and a password. */
        record Password(String username, String password) implements Credentials {
            @Override
            public String toString() {
                return "Password[" + username + "]";
            }
        }

        /** The token of a login by HTTP. */
        record Token(String token) implements Credentials {
            @Override
            public String toString() {
                return "Token[]";
            }
        }
    }

    /** Says something in a channel. */
    record Message(
            String text,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "message";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Asks for a part of a channel's history.
     *
     * @param before the messages just before this id are wanted; {@link #ABSENT}: this is not asked
     * @param after the messages just after this id are wanted; {@link #ABSENT}: this is not asked
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
        /** No id. */
        public static final long ABSENT = -1;

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Asks that a message be removed. */
    record Delete(
            long id, @Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "delete";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Adds a channel to those that the connection is in. */
    record Join(ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "join";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Leaves a channel that was joined. */
    record Leave(ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "leave";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Asks who is here. */
    record Users(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "users";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Has begun to write something, or is still at it. */
    record Typing(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "typing";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Has stopped writing. */
    record DoneTyping(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "doneTyping";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Asks for a pong, to see how long that takes. */
    record Ping(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "ping";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Gives up the name, or the login. */
    record Logout(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "logout";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * Asks for the channel that only two may enter.
     *
     * @param user the other one
     * @param channel where a guest of that name is to be found
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

    /**
     * Sends somebody out of a channel.
     *
     * @param reason for him and the others to read; may be empty
     */
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
     * Lets somebody say nothing in a channel.
     *
     * @param seconds for how long; {@link #FOR_GOOD}: until it is taken back
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

    /** Lets somebody speak again. */
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
     * Shuts somebody out of a channel, or of all.
     *
     * @param seconds for how long; {@link #FOR_GOOD}: until it is taken back
     */
    record Ban(
            String user,
            long seconds,
            String reason,
            Place place,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "ban";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Lets somebody in again. */
    record Unban(
            String user,
            String reason,
            Place place,
            @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "unban";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Makes somebody a moderator of a channel, or a member again. */
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

    /** No end is set. */
    long FOR_GOOD = 0;

    /** Where something holds: in one channel, or in all. */
    sealed interface Place {
        /** In one; null: the URL's. */
        record InChannel(@Nullable ChannelId channel) implements Place {}

        /** In all; on the wire {@code "channel":"*"}. */
        record Everywhere() implements Place {}
    }

    /** Wants to hear no more of somebody. */
    record Block(String user, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "block";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Wants to hear of somebody again. */
    record Unblock(String user, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "unblock";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Switches the connection's test mode, in which it may be reset. */
    record SetTestMode(boolean value, @Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "setTestMode";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Brings a connection in test mode back to how it was when it was opened. */
    record ResetSocket(@Nullable String ref) implements ClientEnvelope {
        static final String TYPE = "resetSocket";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
