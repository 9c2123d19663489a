package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a client that comes back what it has missed, then what is said meanwhile, without a gap and without a double.
 *
 * <p>The client hears its channel from the beginning, but its transport is held; what was said before it began to hear
 * is then looked up in the log, sent first, and the transport released. Rejected: to look it up first and begin to hear
 * then, which in a busy channel has to be done over and over until nothing is said in between.
 *
 * <p>This object owns the hold and releases it exactly once, whatever happens: with what was missed, or, where that
 * cannot be told, with {@code "recovered":"false"} ahead of what was held. The end of the connection does not wait for
 * the log, which may hang.
 *
 * <p>Threading: safe.
 */
final class Recovery {
    /** Who missed more than this asks for it page by page. */
    static final int MAX_MESSAGES = 300;

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Environment environment;
    private final Connection connection;
    private final long since;
    private final AtomicBoolean released = new AtomicBoolean();

    /** Looks again; one object, so that the channel can be told to forget it. */
    private final Runnable lookAgain = this::look;

    private Recovery(Environment environment, Connection connection, long since) {
        this.environment = environment;
        this.connection = connection;
        this.since = since;
    }

    /** Begins with a connection whose client has been sent nothing yet. */
    static void begin(Environment environment, Connection connection, long since) {
        Recovery recovery = new Recovery(environment, connection, since);
        connection.transport().hold();
        connection.setRecovery(recovery);
        connection.places().listen();
        recovery.look();
    }

    /** Releases the transport without what was missed, unless it is released. */
    void giveUp() {
        connection.own().channel().stopAwaiting(lookAgain);
        release(Optional.empty());
    }

    private void look() {
        try {
            environment.workerPools().submitQuery(connection.transport().address(), this::finish);
        } catch (ChatException e) {
            giveUp();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void finish() {
        try {
            if (released.get() || connection.hasEnded()) {
                giveUp();
                return;
            }
            Member member = connection.own();
            Optional<List<StoredMessage>> missed = missed(member);
            OptionalLong heardFrom = member.channel().heardFrom(member);
            if (heardFrom.isPresent()) {
                release(missed.map(messages -> frames(messages, heardFrom.getAsLong()))
                        .filter(frames -> length(frames) <= environment.config().maxReplayBytes()));
            } else if (!member.channel().awaitHeardFrom(lookAgain)) {
                // It has become known in between.
                look();
            } else if (released.get()) {
                member.channel().stopAwaiting(lookAgain);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable fault) {
        log.error("a recovery failed", fault);
        giveUp();
    }

    /** Nothing if that is too much, or cannot be looked up now. */
    private Optional<List<StoredMessage>> missed(Member member) {
        try {
            return environment.log().since(member.channel().id(), since, MAX_MESSAGES);
        } catch (ChatException e) {
            return Optional.empty();
        }
    }

    private List<Frame> frames(List<StoredMessage> messages, long before) {
        return messages.stream()
                .filter(message -> message.id() < before)
                .map(message -> environment.codec().encode(HistoryReply.envelope(message)))
                .toList();
    }

    private void release(Optional<List<Frame>> missed) {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        connection.setRecovery(null);
        List<Frame> frames = new ArrayList<>();
        frames.add(environment
                .codec()
                .encode(new ServerEnvelope.Connection(connection.own().channel().id(), missed.isPresent(), null)));
        missed.ifPresent(frames::addAll);
        ByteBuffer all = ByteBuffer.allocate(length(frames));
        frames.forEach(frame -> frame.putInto(all));
        connection.transport().release(all.flip());
    }

    private static int length(List<Frame> frames) {
        return frames.stream().mapToInt(Frame::length).sum();
    }
}
