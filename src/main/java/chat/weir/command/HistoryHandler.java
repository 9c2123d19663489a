package chat.weir.command;

import chat.weir.channel.Member;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.history.Author;
import chat.weir.history.MessageLog;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Delete;
import chat.weir.protocol.ClientEnvelope.History;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;

/**
 * Handles requests for history, and the deletion of messages.
 *
 * <p>Threading: safe. Both wait for the log and run on a worker pool.
 */
public final class HistoryHandler implements CommandTable.Group {
    private final MessageLog log;
    private final ModerationHandler moderationHandler;
    private final int maxReplyBytes;

    /** @param maxReplyBytes of a page; a longer one ends sooner */
    public HistoryHandler(MessageLog log, ModerationHandler moderationHandler, int maxReplyBytes) {
        this.log = log;
        this.moderationHandler = moderationHandler;
        this.maxReplyBytes = maxReplyBytes;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(History.class, Lane.QUERY, this::history);
        table.put(Delete.class, Lane.QUERY, this::delete, Trait.AFTER_DISCONNECT);
    }

    private void history(Connection connection, History request) {
        Member member = connection.memberships().in(request.channel());
        HistoryReply reply = new HistoryReply(
                maxReplyBytes, connection.memberships().blocked().all());
        member.channel().reply(member, reply.read(log, member.channel().id(), request));
    }

    private void delete(Connection connection, Delete delete) {
        Author author = connection.identity().author();
        Member member = connection.memberships().in(delete.channel());
        StoredMessage message = log.find(member.channel().id(), delete.id()).orElseThrow(HistoryHandler::noSuchMessage);
        if (!member.wrote(message)) {
            moderationHandler.permitDeletion(connection, member.channel().id(), message);
        }
        if (!log.delete(member.channel().id(), delete.id())) {
            throw noSuchMessage();
        }
        member.channel().broadcast(new ServerEnvelope.Deleted(delete.id(), author.name()));
        connection.replyDone(delete);
    }

    private static ChatException noSuchMessage() {
        return new ChatException(ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with this id");
    }
}
