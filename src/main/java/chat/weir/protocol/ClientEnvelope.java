package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a client may say. Each has an optional {@code ref}, which every direct reply to it repeats; those about a channel
 * an optional {@code channel}, without which the URL's is meant.
 */
public sealed interface ClientEnvelope {

    /** The client's own mark for this envelope, at most {@value JsonDecoder#MAX_REF_CHARS} characters. */
    @Nullable
    String ref();

    /** The {@code type} on the wire: the record's name, beginning small. */
    default String type() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The answer to the server's heartbeat: this client is alive. */
    record Heartbeat(@Nullable String ref) implements ClientEnvelope {}

    /**
     * Asks for a name; whether it is a valid one is not known yet.
     *
     * @param resume the secret that came with the name when the client held it before
     */
    record Identity(
            String user, @Nullable String resume, @Nullable String ref) implements ClientEnvelope {}

    /** Logs in to an account, and joins a channel if a room is named. */
    record Auth(
            Credentials credentials,
            @Nullable ChannelId room,
            @Nullable String ref) implements ClientEnvelope {}

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
            @Nullable String ref) implements ClientEnvelope {}

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
        static final int DEFAULT_LIMIT = 10;
        static final int MAX_LIMIT = 100;
        /** No id. */
        public static final long ABSENT = -1;
    }

    /** Asks that a message be removed. */
    record Delete(
            long id, @Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {}

    /** Adds a channel to those that the connection is in. */
    record Join(ChannelId channel, @Nullable String ref) implements ClientEnvelope {}

    /** Leaves a channel that was joined. */
    record Leave(ChannelId channel, @Nullable String ref) implements ClientEnvelope {}

    /** Asks who is here. */
    record Users(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {}

    /** Has begun to write something, or is still at it. */
    record Typing(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {}

    /** Has stopped writing. */
    record DoneTyping(@Nullable ChannelId channel, @Nullable String ref) implements ClientEnvelope {}

    /** Asks for a pong, to see how long that takes. */
    record Ping(@Nullable String ref) implements ClientEnvelope {}

    /** Gives up the name, or the login. */
    record Logout(@Nullable String ref) implements ClientEnvelope {}

    /**
     * Asks for the channel that only two may enter.
     *
     * @param user the other one
     * @param channel where a guest of that name is to be found
     */
    record Private(
            String user,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {}

    /**
     * Sends somebody out of a channel.
     *
     * @param reason for him and the others to read; may be empty
     */
    record Kick(
            String user,
            String reason,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {}

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
            @Nullable String ref) implements ClientEnvelope {}

    /** Lets somebody speak again. */
    record Unmute(
            String user,
            String reason,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {}

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
            @Nullable String ref) implements ClientEnvelope {}

    /** Lets somebody in again. */
    record Unban(
            String user,
            String reason,
            Place place,
            @Nullable String ref) implements ClientEnvelope {}

    /** Makes somebody a moderator of a channel, or a member again. */
    record Role(
            String user,
            String role,
            @Nullable ChannelId channel,
            @Nullable String ref) implements ClientEnvelope {}

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
    record Block(String user, @Nullable String ref) implements ClientEnvelope {}

    /** Wants to hear of somebody again. */
    record Unblock(String user, @Nullable String ref) implements ClientEnvelope {}

    /** Switches the connection's test mode, in which it may be reset. */
    record SetTestMode(boolean value, @Nullable String ref) implements ClientEnvelope {}

    /** Brings a connection in test mode back to how it was when it was opened. */
    record ResetSocket(@Nullable String ref) implements ClientEnvelope {}
}
