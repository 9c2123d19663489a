package chat.weir.command;

import chat.weir.channel.Member;
import chat.weir.command.CommandTable.Lane;
import chat.weir.connection.Connection;
import chat.weir.history.MessageLog;
import chat.weir.protocol.ClientEnvelope.History;

/**
 * Handles requests for history.
 *
 * <p>Threading: safe. They wait for the log and run on a worker pool.
 */
public final class HistoryHandler implements CommandTable.Group {
    private final MessageLog log;
    private final int maxReplyBytes;

    /** @param maxReplyBytes of a page; a longer one ends sooner */
    public HistoryHandler(MessageLog log, int maxReplyBytes) {
        this.log = log;
        this.maxReplyBytes = maxReplyBytes;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(History.class, Lane.QUERY, this::history);
    }

    private void history(Connection connection, History request) {
        Member member = connection.memberships().in(request.channel());
        HistoryReply reply = new HistoryReply(
                maxReplyBytes, connection.memberships().blocked().all());
        member.channel().reply(member, reply.read(log, member.channel().id(), request));
    }
}
