package chat.weir.connection;

import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Auth;
import chat.weir.protocol.ClientEnvelope.Ban;
import chat.weir.protocol.ClientEnvelope.Block;
import chat.weir.protocol.ClientEnvelope.Delete;
import chat.weir.protocol.ClientEnvelope.DoneTyping;
import chat.weir.protocol.ClientEnvelope.Heartbeat;
import chat.weir.protocol.ClientEnvelope.History;
import chat.weir.protocol.ClientEnvelope.Identity;
import chat.weir.protocol.ClientEnvelope.Join;
import chat.weir.protocol.ClientEnvelope.Kick;
import chat.weir.protocol.ClientEnvelope.Leave;
import chat.weir.protocol.ClientEnvelope.Logout;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ClientEnvelope.Mute;
import chat.weir.protocol.ClientEnvelope.Ping;
import chat.weir.protocol.ClientEnvelope.Private;
import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.ClientEnvelope.SetTestMode;
import chat.weir.protocol.ClientEnvelope.Typing;
import chat.weir.protocol.ClientEnvelope.Unban;
import chat.weir.protocol.ClientEnvelope.Unblock;
import chat.weir.protocol.ClientEnvelope.Unmute;
import chat.weir.protocol.ClientEnvelope.Users;
import chat.weir.protocol.ServerEnvelope.Pong;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Maps each type of client envelope to its command.
 *
 * <p>Threading: immutable.
 */
final class CommandTable {
    private final Map<Class<?>, Command> table = new HashMap<>();

    /** On which thread it is done. */
    enum Lane {
        /** On the one that has read the envelope: it never waits. */
        NONE,
        /** It waits for the database. */
        QUERY,
        /** It waits for a password to be hashed. */
        LOGIN
    }

    /** What is peculiar to a type of envelope. */
    private enum Trait {
        /** Others notice it, so it is limited like messages. */
        NOTICED,
        /** It is much to do for so small an envelope, so it is limited likewise. */
        COSTLY,
        /** It is noticed in every channel that its sender is in, and counts once for each. */
        EVERYWHERE,
        /** Also who is not logged in may do it where only accounts are let in. */
        FOR_STRANGERS,
        /** It is done although its sender is gone. */
        FOR_THE_GONE
    }

    /** @param work what an envelope of the type does; it may throw what {@link CommandDispatcher} answers */
    record Command(Lane lane, BiConsumer<Connection, ClientEnvelope> work, Set<Trait> traits) {
        boolean isLimited() {
            return traits.contains(Trait.NOTICED) || traits.contains(Trait.COSTLY) || isNoticedEverywhere();
        }

        boolean isNoticedEverywhere() {
            return traits.contains(Trait.EVERYWHERE);
        }

        boolean isForStrangers() {
            return traits.contains(Trait.FOR_STRANGERS);
        }

        boolean isDoneForTheGone() {
            return traits.contains(Trait.FOR_THE_GONE);
        }
    }

    CommandTable(Environment environment, MessageHandler messageHandler) {
        MembershipHandler membershipHandler = new MembershipHandler(environment);
        IdentityHandler identityHandler = new IdentityHandler(environment, membershipHandler);
        PresenceHandler presenceHandler = new PresenceHandler(environment);
        BlockHandler blockHandler = new BlockHandler(environment);
        ModerationHandler moderationHandler = new ModerationHandler(environment);
        TestModeHandler testModeHandler = new TestModeHandler(environment);
        put(Heartbeat.class, Lane.NONE, CommandDispatcher::done, Trait.FOR_STRANGERS);
        put(Ping.class, Lane.NONE, (connection, ping) -> pong(environment, connection, ping), Trait.FOR_STRANGERS);
        put(Identity.class, Lane.QUERY, identityHandler::identify, Trait.FOR_STRANGERS, Trait.EVERYWHERE);
        put(Auth.class, Lane.LOGIN, identityHandler::logIn, Trait.FOR_STRANGERS);
        put(Logout.class, Lane.NONE, identityHandler::logOut, Trait.EVERYWHERE);
        put(Message.class, Lane.NONE, messageHandler::publish);
        put(History.class, Lane.QUERY, messageHandler::history);
        put(Delete.class, Lane.QUERY, messageHandler::delete, Trait.FOR_THE_GONE);
        put(Join.class, Lane.QUERY, membershipHandler::join, Trait.NOTICED);
        put(Leave.class, Lane.NONE, membershipHandler::leave, Trait.NOTICED);
        put(Private.class, Lane.QUERY, new PrivateChatHandler(environment)::begin, Trait.NOTICED);
        put(Users.class, Lane.NONE, presenceHandler::users, Trait.COSTLY);
        put(Typing.class, Lane.NONE, presenceHandler::typing, Trait.NOTICED);
        put(DoneTyping.class, Lane.NONE, presenceHandler::doneTyping, Trait.NOTICED);
        put(Block.class, Lane.QUERY, blockHandler::block, Trait.COSTLY);
        put(Unblock.class, Lane.QUERY, blockHandler::unblock, Trait.COSTLY);
        put(Kick.class, Lane.QUERY, moderationHandler::kick, Trait.NOTICED);
        put(Mute.class, Lane.QUERY, moderationHandler::mute, Trait.NOTICED);
        put(Unmute.class, Lane.QUERY, moderationHandler::unmute, Trait.NOTICED);
        put(Ban.class, Lane.QUERY, moderationHandler::ban, Trait.NOTICED);
        put(Unban.class, Lane.QUERY, moderationHandler::unban, Trait.NOTICED);
        put(ClientEnvelope.Role.class, Lane.QUERY, moderationHandler::role, Trait.NOTICED);
        put(SetTestMode.class, Lane.NONE, testModeHandler::set);
        put(ResetSocket.class, Lane.NONE, testModeHandler::reset);
    }

    private <E extends ClientEnvelope> void put(
            Class<E> type, Lane lane, BiConsumer<Connection, E> work, Trait... traits) {
        table.put(
                type,
                new Command(
                        lane, (connection, envelope) -> work.accept(connection, type.cast(envelope)), Set.of(traits)));
    }

    Command of(ClientEnvelope envelope) {
        Command command = table.get(envelope.getClass());
        if (command == null) {
            throw new IllegalStateException("no way to handle " + envelope.type());
        }
        return command;
    }

    private static void pong(Environment environment, Connection connection, Ping ping) {
        long now = environment.config().clock().instant().getEpochSecond();
        connection.reply(new Pong(connection.id(), now, ping.ref()));
    }
}
