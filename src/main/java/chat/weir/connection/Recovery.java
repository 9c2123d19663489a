package chat.weir.connection;

import chat.weir.channel.Channel;
import chat.weir.channel.Member;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.ServerEnvelope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a client that comes back what it has missed, then what is said meanwhile, without a gap and without a double.
 *
 * <p>The client hears its channel from the beginning, but its wire is held; what was said before it began to hear is
 * then looked up in the log, sent first, and the wire released. Rejected: to look it up first and begin to hear then,
 * which in a busy channel has to be done over and over until nothing is said in between.
 *
 * <p>Threading: safe.
 */
final class Recovery {
    /** Who missed more than this asks for it page by page. */
    static final int MAX_MESSAGES = 300;

    private final Environment environment;

    Recovery(Environment environment) {
        this.environment = environment;
    }

    /** Begins with a connection whose client has been sent nothing yet. */
    void begin(Connection connection, long since) {
        connection.wire().hold();
        connection.standing().listen();
        try {
            environment.errands().run(() -> finish(connection, frames(connection.own(), since)));
        } catch (ErrorReply e) {
            finish(connection, Optional.empty());
        }
    }

    /** What was missed; nothing if that is too much, or cannot be looked up now. */
    private Optional<List<Frame>> frames(Member member, long since) {
        Channel channel = member.channel();
        Optional<List<StoredMessage>> missed;
        try {
            missed = environment.log().since(channel.id(), since, MAX_MESSAGES);
        } catch (ErrorReply e) {
            return Optional.empty();
        }
        return missed.map(messages -> messages.stream()
                        .filter(message -> channel.isMissedBy(member, message.id()))
                        .map(message -> environment.codec().encode(Pages.envelope(message)))
                        .toList())
                .filter(frames -> frames.stream().mapToInt(Frame::length).sum()
                        <= environment.rules().maxReplayBytes());
    }

    private void finish(Connection connection, Optional<List<Frame>> missed) {
        List<Frame> frames = new ArrayList<>();
        frames.add(environment
                .codec()
                .encode(new ServerEnvelope.Connection(connection.own().channel().id(), missed.isPresent(), null)));
        missed.ifPresent(frames::addAll);
        ByteBuffer all =
                ByteBuffer.allocate(frames.stream().mapToInt(Frame::length).sum());
        frames.forEach(frame -> frame.putInto(all));
        connection.wire().release(all.flip());
    }
}
