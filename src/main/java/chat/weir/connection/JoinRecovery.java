package chat.weir.connection;

import chat.weir.channel.Channel;
import chat.weir.channel.Member;
import chat.weir.history.LogEvent;
import chat.weir.history.MessageChange;
import chat.weir.history.StoredChange;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.frame.Frame;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a client that joins a channel what it has missed there, then what is published meanwhile, without a gap and without
 * a duplicate.
 *
 * <p>The channel keeps what it publishes for the client while the log is read. Rejected: to pause the transport, as {@link
 * Recovery} does, because that would delay the client's other channels.
 *
 * <p>Threading: safe. It waits for the log.
 */
public final class JoinRecovery {
    private final MissedMessages missedMessages;

    public JoinRecovery(MissedMessages missedMessages) {
        this.missedMessages = missedMessages;
    }

    /**
     * Greets a client in a channel that it has entered, sends what it has missed, and starts the delivery.
     *
     * @param since the number of the last event that the client has seen
     */
    public void welcome(Connection connection, Member member, long since, @Nullable String ref) {
        Channel channel = member.channel();
        try (Channel.MemberCatchUp catchUp = channel.catchUp(member)) {
            Optional<List<LogEvent>> missed = missedMessages.read(channel.id(), since);
            OptionalLong deliveredFrom = channel.deliveredFrom(member);
            if (deliveredFrom.isEmpty() && isPostponed(connection, member, since, ref)) {
                return;
            }
            long before =
                    deliveredFrom.orElseGet(() -> channel.deliveredFrom(member).orElse(0));
            Set<String> blocked = connection.memberships().blocked().all();
            Optional<List<Frame>> frames =
                    missed.flatMap(events -> frames(member, visible(events, before, blocked), ref));
            if (frames.isPresent() && connection.identity().welcome(catchUp, frames.get())) {
                return;
            }
        }
        welcomeWithoutReplay(connection, member, ref);
    }

    private static void welcomeWithoutReplay(Connection connection, Member member, @Nullable String ref) {
        ServerEnvelope greeting = new ServerEnvelope.Connection(member.channel().id(), false, ref);
        connection.identity().welcome(member, greeting);
    }

    /** The events before a number, without those of blocked users. */
    private static List<LogEvent> visible(List<LogEvent> events, long before, Set<String> blocked) {
        return events.stream()
                .filter(event -> event.seq() < before)
                .filter(event -> !blocked.contains(event.author().name().key()) || isDeletion(event))
                .toList();
    }

    private static boolean isDeletion(LogEvent event) {
        return event instanceof StoredChange stored && stored.change() instanceof MessageChange.Delete;
    }

    /** The greeting and the missed events; empty if they take too many bytes. */
    private Optional<List<Frame>> frames(Member member, List<LogEvent> missed, @Nullable String ref) {
        Frame greeting = missedMessages
                .codec()
                .encode(new ServerEnvelope.Connection(member.channel().id(), true, ref));
        return missedMessages
                .encoded(missed, member.channel().id())
                .map(events ->
                        Stream.concat(Stream.of(greeting), events.stream()).toList());
    }

    /**
     * Tries again when the channel's first event is published: until then it is unknown whether it is in the log already.
     *
     * @return false if that is known by now
     */
    private boolean isPostponed(Connection connection, Member member, long since, @Nullable String ref) {
        return member.channel().awaitDeliveredFrom(() -> retry(connection, member, since, ref));
    }

    private void retry(Connection connection, Member member, long since, @Nullable String ref) {
        try {
            missedMessages.submit(connection.transport().address(), () -> {
                if (connection.memberships().isIn(member.channel().id())) {
                    welcome(connection, member, since, ref);
                }
            });
        } catch (ChatException e) {
            welcomeWithoutReplay(connection, member, ref);
        }
    }
}
