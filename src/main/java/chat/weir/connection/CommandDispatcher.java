package chat.weir.connection;

import chat.weir.history.Author;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Heartbeat;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.DisconnectException;
import chat.weir.protocol.frame.Frame;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatches client envelopes to their handlers, in order of arrival. The one place where failures become error
 * envelopes or closes.
 *
 * <p>Commands that need the database run on a worker pool; later commands of the same client are queued until it
 * finishes.
 *
 * <p>Threading: safe; a connection's envelopes are handled one at a time.
 */
final class CommandDispatcher {
    private static final Logger log = LoggerFactory.getLogger(CommandDispatcher.class);

    private final Environment environment;
    private final MessageHandler messageHandler;
    private final CommandTable commandTable;

    CommandDispatcher(Environment environment) {
        this.environment = environment;
        this.messageHandler = new MessageHandler(environment);
        this.commandTable = new CommandTable(environment, messageHandler);
    }

    void dispatch(Connection connection, byte[] utf8, int offset, int length) {
        String ref = null;
        try {
            ClientEnvelope envelope = environment.codec().decode(utf8, offset, length);
            ref = envelope.ref();
            environment.metrics().envelopes().increment(envelope.type());
            if (!(envelope instanceof ResetSocket && connection.isInTestMode())) {
                connection.rateLimits().envelope(now());
            }
            if (envelope instanceof Heartbeat) {
                // A sign of life counts at once, whatever is ahead of it.
                connection.heard();
            }
            if (ref != null || !(envelope instanceof Heartbeat)) {
                take(connection, envelope, length);
            }
        } catch (ChatException e) {
            refuse(connection, e, ref);
        }
    }

    /** Answers a ping as RFC 6455 section 5.5.3 asks, unless there are too many of them. */
    void ping(Connection connection, byte[] payload) {
        try {
            connection.rateLimits().envelope(now());
            connection.transport().deliver(Frame.pong(payload));
        } catch (ChatException e) {
            refuse(connection, e, null);
        }
    }

    private void take(Connection connection, ClientEnvelope envelope, int length) {
        if (envelope instanceof Message message) {
            messageHandler.check(message);
        }
        if (!connection.pendingCommands().parks(envelope, length)) {
            handle(connection, envelope);
        }
    }

    /** Handles an envelope. @return whether it runs on a worker pool */
    private boolean handle(Connection connection, ClientEnvelope envelope) {
        checkLogin(connection, envelope);
        CommandTable.Command command = commandTable.of(envelope);
        if (command.isLimited()) {
            int channels = command.isNoticedEverywhere() ? connection.places().channelCount() : 1;
            connection.rateLimits().command(channels, now());
        }
        if (command.lane() == CommandTable.Lane.NONE) {
            command.work().accept(connection, envelope);
            return false;
        }
        send(connection, envelope, command);
        return true;
    }

    private void checkLogin(Connection connection, ClientEnvelope envelope) {
        if (environment.config().requireAccount()
                && !commandTable.of(envelope).isForStrangers()
                && connection.identity().account() == Author.GUEST) {
            throw new ChatException(ErrorReason.UNAUTHENTICATED, "this server takes accounts only: send auth first");
        }
    }

    /**
     * Runs an envelope's command on a worker pool; what is queued meanwhile is handled after it.
     *
     * @throws ChatException 503 if there is no room for it; the caller continues with what is queued, in a loop: to go
     *     on from here would be one call in another for each envelope that finds no room
     */
    private void send(Connection connection, ClientEnvelope envelope, CommandTable.Command command) {
        boolean isFirst = connection.pendingCommands().hold();
        Runnable run = () -> {
            // What a client that is gone wanted to know, nobody need find out.
            if (command.isDoneForTheGone() || !connection.hasEnded()) {
                guarded(connection, envelope, () -> command.work().accept(connection, envelope));
            }
            handleParked(connection);
        };
        try {
            if (command.lane() == CommandTable.Lane.LOGIN) {
                environment.workerPools().submitLogin(connection.transport().address(), run);
            } else {
                environment.workerPools().submitQuery(connection.transport().address(), run);
            }
        } catch (ChatException e) {
            if (isFirst) {
                // Nothing can be parked yet but the end of the connection.
                handleParked(connection);
            }
            throw e;
        }
    }

    /**
     * Until the queue is empty, or a command goes to a worker pool itself: other clients are waiting for a thread too.
     */
    private void handleParked(Connection connection) {
        AtomicBoolean away = new AtomicBoolean();
        while (!away.get()) {
            ClientEnvelope next = connection.pendingCommands().next();
            if (next == null) {
                if (connection.pendingCommands().hasEnded()) {
                    connection.leaveAll();
                }
                return;
            }
            guarded(connection, next, () -> away.set(handle(connection, next)));
        }
    }

    /** On a worker thread nothing else notices a failure. */
    private void guarded(Connection connection, ClientEnvelope envelope, Runnable work) {
        try {
            work.run();
        } catch (ChatException e) {
            refuse(connection, e, envelope.ref());
        } catch (RuntimeException | Error e) {
            // Errors too: what is parked behind this must go on, or the connection would never end.
            log.error("a fault in handling {}", envelope.type(), e);
            connection.close(CloseCode.FAULT.number(), "a fault in the server");
        }
    }

    private void refuse(Connection connection, ChatException error, @Nullable String ref) {
        environment.metrics().errors().increment(error.reason().wireName());
        connection.reply(error.answering(ref));
        try {
            connection.rateLimits().fault(error.code(), now());
        } catch (DisconnectException e) {
            connection.close(e.code().number(), e.reason());
        }
    }

    /** Answers an envelope that has no reply of its own, if its sender wants to know. */
    static void done(Connection connection, ClientEnvelope envelope) {
        String ref = envelope.ref();
        if (ref != null) {
            connection.reply(new ServerEnvelope.Done(envelope.type(), ref));
        }
    }

    private long now() {
        return environment.config().nanoTime().getAsLong();
    }
}
