package chat.weir.connection;

import chat.weir.channel.Channel;
import chat.weir.channel.Member;
import chat.weir.history.LogEvent;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a client that reconnects the messages that it has missed, then what is published meanwhile, without a gap and
 * without a duplicate.
 *
 * <p>The client listens to its channel from the beginning, but its transport is paused; what was published before it began
 * to listen is then read from the log and sent first, and the transport resumes. Rejected: to read the log first and begin
 * to listen then, which in a busy channel has to be repeated until nothing is published in between.
 *
 * <p>This object resumes the transport exactly once: with the missed messages or, if they cannot be determined, with
 * {@code "recovered":"false"} ahead of what waits. The end of the connection does not wait for the log, which may hang.
 *
 * <p>Threading: safe.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final MissedMessages missedMessages;
    private final Member member;
    private final ClientTransport transport;
    private final long since;
    private final AtomicBoolean resumed = new AtomicBoolean();

    /** Looks again; one object, so that the channel can be told to forget it. */
    private final Runnable lookAgain = this::look;

    /** @param member of a client that has been sent nothing yet */
    Recovery(MissedMessages missedMessages, Member member, ClientTransport transport, long since) {
        this.missedMessages = missedMessages;
        this.member = member;
        this.transport = transport;
        this.since = since;
    }

    /** Pauses the transport; from now on {@link #giveUp} may be called. */
    void pause() {
        transport.pause();
    }

    /** Starts the delivery of what is published, and the search for what was missed. */
    void begin() {
        member.channel().listen(member);
        look();
    }

    /** Resumes the transport without the missed messages, unless it has resumed. */
    void giveUp() {
        member.channel().stopAwaiting(lookAgain);
        resume(Optional.empty());
    }

    private void look() {
        try {
            missedMessages.submit(transport.address(), this::finish);
        } catch (ChatException e) {
            giveUp();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void finish() {
        try {
            if (!resumed.get()) {
                Channel channel = member.channel();
                Optional<List<LogEvent>> missed = missedMessages.read(channel.id(), since);
                OptionalLong deliveredFrom = channel.deliveredFrom(member);
                if (deliveredFrom.isPresent()) {
                    resume(missed.flatMap(events -> missedMessages.frames(events, deliveredFrom.getAsLong())));
                } else if (!channel.awaitDeliveredFrom(lookAgain)) {
                    // It has become known in between.
                    look();
                } else if (resumed.get()) {
                    channel.stopAwaiting(lookAgain);
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable fault) {
        log.error("a recovery failed", fault);
        giveUp();
    }

    private void resume(Optional<List<Frame>> missed) {
        if (resumed.compareAndSet(false, true)) {
            ByteBuffer frames = missedMessages.greeted(member.channel().id(), missed);
            transport.resume(frames);
        }
    }
}
