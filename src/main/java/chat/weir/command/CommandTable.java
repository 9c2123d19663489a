package chat.weir.command;

import chat.weir.connection.Connection;
import chat.weir.protocol.ClientEnvelope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The command for each type of client envelope. Each handler adds its own when the server starts.
 *
 * <p>Threading: not changed after start.
 */
public final class CommandTable {
    private final Map<Class<?>, Command> table = new HashMap<>();

    /** Where a command runs. */
    enum Lane {
        /** On the thread that read the envelope: it never waits. */
        NONE,
        /** On a worker thread, since it waits for the database. */
        QUERY,
        /** On a worker thread, since a password is hashed. */
        LOGIN
    }

    /** What is special about a command. */
    enum Trait {
        /** Other members notice it, so its rate is limited like that of messages. */
        NOTICED,
        /** It is much work for a small envelope, so its rate is limited likewise. */
        COSTLY,
        /** Like NOTICED, in all channels of the client, so it counts once for each channel. */
        NOTICED_IN_ALL_CHANNELS,
        /** It is allowed before the login where the server requires an account. */
        BEFORE_LOGIN,
        /** It runs although the client has disconnected meanwhile. */
        AFTER_DISCONNECT
    }

    /** Does what an envelope asks for; may throw what {@link CommandDispatcher} turns into replies. */
    @FunctionalInterface
    interface Handler<E extends ClientEnvelope> {
        void handle(Connection connection, E envelope);
    }

    /** The handlers of a group of commands. */
    public interface Group {
        void addTo(CommandTable table);
    }

    record Command(Lane lane, Handler<ClientEnvelope> handler, Set<Trait> traits) {
        boolean isLimited() {
            return traits.contains(Trait.NOTICED) || traits.contains(Trait.COSTLY) || isNoticedInAllChannels();
        }

        boolean isNoticedInAllChannels() {
            return traits.contains(Trait.NOTICED_IN_ALL_CHANNELS);
        }

        boolean isAllowedBeforeLogin() {
            return traits.contains(Trait.BEFORE_LOGIN);
        }

        boolean runsAfterDisconnect() {
            return traits.contains(Trait.AFTER_DISCONNECT);
        }
    }

    public CommandTable(Group... groups) {
        for (Group group : groups) {
            group.addTo(this);
        }
    }

    <E extends ClientEnvelope> void put(Class<E> type, Lane lane, Handler<? super E> handler, Trait... traits) {
        Handler<ClientEnvelope> any = (connection, envelope) -> handler.handle(connection, type.cast(envelope));
        if (table.put(type, new Command(lane, any, Set.of(traits))) != null) {
            throw new IllegalArgumentException("two commands for " + type.getSimpleName());
        }
    }

    Command of(ClientEnvelope envelope) {
        Command command = table.get(envelope.getClass());
        if (command == null) {
            throw new IllegalStateException("no way to handle " + envelope.type());
        }
        return command;
    }

    /** The types of envelopes that have a command. */
    Set<Class<?>> types() {
        return table.keySet();
    }
}
