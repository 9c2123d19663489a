package chat.weir.connection;

import chat.weir.history.Author;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Heartbeat;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.Disconnect;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.ServerEnvelope;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each envelope of a client to what it does, in the order in which they came, and is the one place where what
 * goes wrong becomes an error envelope or a close.
 *
 * <p>What has to wait for the database goes on an errand; until it is back, what the same client sends is parked.
 *
 * <p>Threading: safe; a connection's envelopes are handled one at a time.
 */
final class Envelopes {
    private static final Logger log = LoggerFactory.getLogger(Envelopes.class);

    private final Environment environment;
    private final Talk talk;
    private final Doings doings;

    Envelopes(Environment environment) {
        this.environment = environment;
        this.talk = new Talk(environment);
        this.doings = new Doings(environment, talk);
    }

    void receive(Connection connection, byte[] utf8, int offset, int length) {
        String ref = null;
        try {
            ClientEnvelope envelope = environment.codec().decode(utf8, offset, length);
            ref = envelope.ref();
            environment.metrics().envelopes().increment(envelope.type());
            if (!(envelope instanceof ResetSocket && connection.isInTestMode())) {
                connection.guard().envelope(now());
            }
            if (envelope instanceof Heartbeat) {
                // A sign of life counts at once, whatever is ahead of it.
                connection.heard();
            }
            if (ref != null || !(envelope instanceof Heartbeat)) {
                take(connection, envelope, length);
            }
        } catch (ErrorReply e) {
            refuse(connection, e, ref);
        }
    }

    /** Answers a ping as RFC 6455 section 5.5.3 asks, unless there are too many of them. */
    void ping(Connection connection, byte[] payload) {
        try {
            connection.guard().envelope(now());
            connection.wire().deliver(Frame.pong(payload));
        } catch (ErrorReply e) {
            refuse(connection, e, null);
        }
    }

    private void take(Connection connection, ClientEnvelope envelope, int length) {
        if (envelope instanceof Message message) {
            talk.check(message);
        }
        if (!connection.inbox().parks(envelope, length)) {
            handle(connection, envelope);
        }
    }

    /** Does what an envelope asks; whether it went on an errand for that. */
    private boolean handle(Connection connection, ClientEnvelope envelope) {
        checkLogin(connection, envelope);
        Doings.Doing doing = doings.of(envelope);
        if (doing.isLimited()) {
            int channels = doing.isNoticedEverywhere() ? connection.places().channelCount() : 1;
            connection.guard().doing(channels, now());
        }
        if (doing.lane() == Doings.Lane.NONE) {
            doing.work().accept(connection, envelope);
            return false;
        }
        send(connection, envelope, doing);
        return true;
    }

    private void checkLogin(Connection connection, ClientEnvelope envelope) {
        if (environment.rules().requireAccount()
                && !doings.of(envelope).isForStrangers()
                && connection.standing().account() == Author.GUEST) {
            throw new ErrorReply(ErrorReason.UNAUTHENTICATED, "this server takes accounts only: send auth first");
        }
    }

    /**
     * Sends an envelope on its errand; what is parked meanwhile is handled behind it.
     *
     * @throws ErrorReply 503 if there is no room for it; the caller goes on with what is parked, in a loop: to go on from
     *     here would be one call in another for each envelope that finds no room
     */
    private void send(Connection connection, ClientEnvelope envelope, Doings.Doing doing) {
        boolean isFirst = connection.inbox().hold();
        Runnable run = () -> {
            // What a client that is gone wanted to know, nobody need find out.
            if (doing.isDoneForTheGone() || !connection.hasEnded()) {
                guarded(connection, envelope, () -> doing.work().accept(connection, envelope));
            }
            handleParked(connection);
        };
        try {
            if (doing.lane() == Doings.Lane.LOGIN) {
                environment.errands().login(connection.wire().address(), run);
            } else {
                environment.errands().query(connection.wire().address(), run);
            }
        } catch (ErrorReply e) {
            if (isFirst) {
                // Nothing can be parked yet but the end of the connection.
                handleParked(connection);
            }
            throw e;
        }
    }

    /** Until there is nothing more, or something goes on an errand of its own: others are waiting for a thread too. */
    private void handleParked(Connection connection) {
        AtomicBoolean away = new AtomicBoolean();
        while (!away.get()) {
            ClientEnvelope next = connection.inbox().next();
            if (next == null) {
                if (connection.inbox().hasEnded()) {
                    connection.leaveAll();
                }
                return;
            }
            guarded(connection, next, () -> away.set(handle(connection, next)));
        }
    }

    /** On an errand nobody but this notices what goes wrong. */
    private void guarded(Connection connection, ClientEnvelope envelope, Runnable work) {
        try {
            work.run();
        } catch (ErrorReply e) {
            refuse(connection, e, envelope.ref());
        } catch (RuntimeException | Error e) {
            // Errors too: what is parked behind this must go on, or the connection would never end.
            log.error("a fault in handling {}", envelope.type(), e);
            connection.close(CloseCode.FAULT.number(), "a fault in the server");
        }
    }

    private void refuse(Connection connection, ErrorReply error, @Nullable String ref) {
        environment.metrics().errors().increment(error.reason().wireName());
        connection.reply(error.answering(ref));
        try {
            connection.guard().fault(error.code(), now());
        } catch (Disconnect e) {
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
        return environment.rules().nanoTime().getAsLong();
    }
}
