package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.Frame;
import chat.weir.protocol.ServerEnvelope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
        connection.places().listen();
        look(connection, since);
    }

    private void look(Connection connection, long since) {
        try {
            environment.errands().query(connection.wire().address(), () -> finish(connection, since));
        } catch (ErrorReply e) {
            release(connection, Optional.empty());
        }
    }

    private void finish(Connection connection, long since) {
        if (connection.hasEnded()) {
            return;
        }
        Member member = connection.own();
        Optional<List<StoredMessage>> missed = missed(member, since);
        OptionalLong heardFrom = member.channel().heardFrom(member);
        if (heardFrom.isEmpty()) {
            // The channel's first message is just being published; it takes no longer than the next look.
            look(connection, since);
            return;
        }
        release(
                connection,
                missed.map(messages -> messages.stream()
                                .filter(message -> message.id() < heardFrom.getAsLong())
                                .map(message -> environment.codec().encode(Pages.envelope(message)))
                                .toList())
                        .filter(frames -> length(frames) <= environment.rules().maxReplayBytes()));
    }

    /** Nothing if that is too much, or cannot be looked up now. */
    private Optional<List<StoredMessage>> missed(Member member, long since) {
        try {
            return environment.log().since(member.channel().id(), since, MAX_MESSAGES);
        } catch (ErrorReply e) {
            return Optional.empty();
        }
    }

    private void release(Connection connection, Optional<List<Frame>> missed) {
        List<Frame> frames = new ArrayList<>();
        frames.add(environment
                .codec()
                .encode(new ServerEnvelope.Connection(connection.own().channel().id(), missed.isPresent(), null)));
        missed.ifPresent(frames::addAll);
        ByteBuffer all = ByteBuffer.allocate(length(frames));
        frames.forEach(frame -> frame.putInto(all));
        connection.wire().release(all.flip());
    }

    private static int length(List<Frame> frames) {
        return frames.stream().mapToInt(Frame::length).sum();
    }
}
