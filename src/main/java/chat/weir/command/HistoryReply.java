package chat.weir.command;

import chat.weir.history.MessageLog;
import chat.weir.history.Page;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ClientEnvelope.History;
import chat.weir.protocol.Reactions;
import chat.weir.protocol.ServerEnvelope;
import java.util.List;
import java.util.Set;

/**
 * Builds the reply to a history request from a page of the log.
 *
 * @param maxBytes a page that takes more ends sooner
 * @param blocked the names, by their normal forms, whose messages are left out: the page is shorter by these
 */
record HistoryReply(int maxBytes, Set<String> blocked) {
    /** A control character is written {@code \\u0001}. */
    private static final int MOST_BYTES_A_CHAR = 6;

    private static final int OVERHEAD = 400;

    /** Waits for the log. */
    ServerEnvelope.History read(MessageLog log, ChannelId channel, History asked) {
        boolean forward = asked.after() != History.ABSENT;
        Page page = forward
                ? log.after(channel, asked.after(), asked.limit())
                : log.before(
                        channel, asked.before() == History.ABSENT ? MessageLog.NEWEST : asked.before(), asked.limit());
        List<StoredMessage> all = page.messages();
        int count = fitting(all, forward, maxBytes);
        List<StoredMessage> kept = forward ? all.subList(0, count) : all.subList(all.size() - count, all.size());
        boolean hasMore = page.hasMore() || count < all.size();
        Long next = hasMore ? kept.get(forward ? count - 1 : 0).id() : null;
        return new ServerEnvelope.History(
                kept.stream()
                        .filter(message ->
                                !blocked.contains(message.author().name().key()))
                        .map(message -> message.inHistory(blocked))
                        .toList(),
                next,
                asked.ref());
    }

    /** The number of messages, from the start of the page, that are certain to fit; at least one. */
    private static int fitting(List<StoredMessage> all, boolean forward, int maxBytes) {
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            StoredMessage message = all.get(forward ? i : all.size() - 1 - i);
            bytes += OVERHEAD + (long) MOST_BYTES_A_CHAR * message.text().length() + bytes(message.reactions());
            if (bytes > maxBytes) {
                return Math.max(1, i);
            }
        }
        return all.size();
    }

    private static long bytes(Reactions reactions) {
        return reactions.isEmpty()
                ? 0
                : OVERHEAD + (long) MOST_BYTES_A_CHAR * reactions.toText().length();
    }
}
