package chat.weir.connection;

import chat.weir.history.MessageLog;
import chat.weir.history.Page;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ClientEnvelope.History;
import chat.weir.protocol.ServerEnvelope;

/** Pages of the log as the wire has them. */
final class Pages {
    private Pages() {}

    /** Waits for the log. */
    static ServerEnvelope.History read(MessageLog log, ChannelId channel, History asked) {
        boolean forward = asked.after() != History.ABSENT;
        Page page = forward
                ? log.after(channel, asked.after(), asked.limit())
                : log.before(
                        channel, asked.before() == History.ABSENT ? MessageLog.NEWEST : asked.before(), asked.limit());
        int last = forward ? page.messages().size() - 1 : 0;
        Long next = page.hasMore() ? page.messages().get(last).id() : null;
        return new ServerEnvelope.History(
                page.messages().stream().map(Pages::envelope).toList(), next, asked.ref());
    }

    static ServerEnvelope.Message envelope(StoredMessage message) {
        return new ServerEnvelope.Message(
                message.text(), message.timestamp(), message.author().name(), message.id());
    }
}
