package chat.weir.command;

import chat.weir.connection.Connection;
import chat.weir.connection.ConnectionConfig;
import chat.weir.history.Author;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Edit;
import chat.weir.protocol.ClientEnvelope.Heartbeat;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.DisconnectException;
import chat.weir.protocol.frame.Frame;
import chat.weir.worker.WorkerPools;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
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
public final class CommandDispatcher {
    private static final Logger log = LoggerFactory.getLogger(CommandDispatcher.class);

    private final JsonCodec codec;
    private final CommandTable commandTable;
    private final MessageValidator messageValidator;
    private final boolean requireAccount;
    private final LongSupplier nanoTime;
    private final WorkerPools workerPools;
    private final Metrics metrics;

    public CommandDispatcher(
            ConnectionConfig config,
            JsonCodec codec,
            CommandTable commandTable,
            WorkerPools workerPools,
            Metrics metrics) {
        this.codec = codec;
        this.commandTable = commandTable;
        this.messageValidator = new MessageValidator(config.maxTextLength());
        this.requireAccount = config.requireAccount();
        this.nanoTime = config.nanoTime();
        this.workerPools = workerPools;
        this.metrics = metrics;
    }

    /** Runs the command of one envelope, or queues it, and replies to whatever is wrong with it. */
    void dispatch(Connection connection, byte[] utf8, int length) {
        String ref = null;
        try {
            ClientEnvelope envelope = codec.decode(utf8, 0, length);
            ref = envelope.ref();
            metrics.envelopes().increment(envelope.type());
            if (!(envelope instanceof ResetSocket && connection.isInTestMode())) {
                connection.rateLimits().envelope(now());
            }
            if (envelope instanceof Heartbeat) {
                // It counts at once, whatever is queued ahead of it.
                connection.heard();
            }
            if (ref != null || !(envelope instanceof Heartbeat)) {
                accept(connection, envelope, length);
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

    private void accept(Connection connection, ClientEnvelope envelope, int length) {
        if (envelope instanceof Message message) {
            messageValidator.check(message.text(), message.ref());
        } else if (envelope instanceof Edit edit) {
            messageValidator.check(edit.text(), edit.ref());
        }
        if (!connection.pendingCommands().parks(envelope, length)) {
            handle(connection, envelope);
        }
    }

    /** Handles an envelope. @return whether it runs on a worker pool */
    private boolean handle(Connection connection, ClientEnvelope envelope) {
        CommandTable.Command command = commandTable.of(envelope);
        checkLogin(connection, command);
        if (command.isLimited()) {
            int channels =
                    command.isNoticedInAllChannels() ? connection.memberships().size() : 1;
            connection.rateLimits().command(channels, now());
        }
        if (command.lane() == CommandTable.Lane.NONE) {
            command.handler().handle(connection, envelope);
            return false;
        }
        submit(connection, envelope, command);
        return true;
    }

    private void checkLogin(Connection connection, CommandTable.Command command) {
        if (requireAccount
                && !command.isAllowedBeforeLogin()
                && connection.identity().account() == Author.GUEST) {
            throw new ChatException(ErrorReason.UNAUTHENTICATED, "this server takes accounts only: send auth first");
        }
    }

    /**
     * Runs an envelope's command on a worker pool; what is queued meanwhile is handled after it.
     *
     * @throws ChatException 503 if the pool is full; the caller then continues with the queue in a loop, since a call from
     *     here would recurse once for each envelope that is refused
     */
    private void submit(Connection connection, ClientEnvelope envelope, CommandTable.Command command) {
        boolean isFirst = connection.pendingCommands().begin();
        Runnable run = () -> {
            // A query of a client that has disconnected is not worth running.
            if (command.runsAfterDisconnect() || !connection.hasEnded()) {
                guarded(connection, envelope, () -> command.handler().handle(connection, envelope));
            }
            handleParked(connection);
        };
        try {
            if (command.lane() == CommandTable.Lane.LOGIN) {
                workerPools.submitLogin(connection.transport().address(), run);
            } else {
                workerPools.submitQuery(connection.transport().address(), run);
            }
        } catch (ChatException e) {
            if (isFirst) {
                // Only the end of the connection can be queued yet.
                handleParked(connection);
            }
            throw e;
        }
    }

    /**
     * Handles queued envelopes until the queue is empty or one goes to a worker pool, where other clients have their turn.
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

    /** Catches all failures, since nothing else would on a worker thread. */
    private void guarded(Connection connection, ClientEnvelope envelope, Runnable work) {
        try {
            work.run();
        } catch (ChatException e) {
            refuse(connection, e, envelope.ref());
        } catch (RuntimeException | Error e) {
            // Errors too: the commands queued behind this one must run, or the connection would never end.
            log.error("a fault in handling {}", envelope.type(), e);
            connection.close(CloseCode.FAULT, "a fault in the server");
        }
    }

    private void refuse(Connection connection, ChatException error, @Nullable String ref) {
        metrics.errors().increment(error.reason().wireName());
        connection.reply(ServerEnvelope.ErrorEnvelope.of(error, ref));
        try {
            connection.rateLimits().fault(error.code(), now());
        } catch (DisconnectException e) {
            connection.close(e.code(), e.reason());
        }
    }

    private long now() {
        return nanoTime.getAsLong();
    }
}
