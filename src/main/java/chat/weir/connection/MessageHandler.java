package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.channel.MessageSender;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Delete;
import chat.weir.protocol.ClientEnvelope.History;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.VisibleText;

/**
 * Handles messages: publishing, history and deletion.
 *
 * <p>Threading: safe.
 */
final class MessageHandler {
    private final Environment environment;

    private final ModerationHandler moderationHandler;

    MessageHandler(Environment environment) {
        this.environment = environment;
        this.moderationHandler = new ModerationHandler(environment);
    }

    /** What can be told of a message at once. @throws ChatException 400 or 413 */
    void check(Message message) {
        String text = message.text();
        if (text.isEmpty()) {
            throw ChatException.malformed(ErrorReason.EMPTY_TEXT, "text is empty", message.ref());
        }
        if (!VisibleText.isVisible(text)) {
            throw ChatException.malformed(ErrorReason.EMPTY_TEXT, "text has no visible character", message.ref());
        }
        int max = environment.config().maxTextLength();
        if (text.length() > max && text.codePointCount(0, text.length()) > max) {
            throw new ChatException(
                    ErrorReason.TOO_LONG,
                    "text is " + text.codePointCount(0, text.length()) + " characters long; at most " + max
                            + " are taken");
        }
    }

    void publish(Connection connection, Message message) {
        MessageSender sender = connection.identity().sender();
        Member member = connection.places().in(message.channel());
        environment.accessControl().refuseMuted(member.channel().id(), sender.author(), connection.transport());
        connection.rateLimits().message(environment.config().nanoTime().getAsLong());
        if (!member.channel().id().isPrivate()) {
            // Before anybody can see it and ban its author.
            environment
                    .recentSenders()
                    .record(
                            member.channel().id(),
                            sender.author(),
                            connection.transport().ownAddress());
        }
        member.channel().publish(member, sender, message.text(), message.ref());
    }

    /** Runs on a worker pool: waits for the log. */
    void history(Connection connection, History asked) {
        Member member = connection.places().in(asked.channel());
        member.channel()
                .reply(
                        member,
                        HistoryReply.read(
                                environment,
                                member.channel().id(),
                                asked,
                                connection.places().blocked()));
    }

    /** Runs on a worker pool: waits for the log. */
    void delete(Connection connection, Delete delete) {
        Author author = connection.identity().author();
        Member member = connection.places().in(delete.channel());
        StoredMessage message =
                environment.log().find(member.channel().id(), delete.id()).orElseThrow(MessageHandler::noSuchMessage);
        if (!member.wrote(message)) {
            moderationHandler.permitDeletion(connection, member.channel().id(), message);
        }
        if (!environment.log().delete(member.channel().id(), delete.id())) {
            throw noSuchMessage();
        }
        member.channel().broadcast(new ServerEnvelope.Deleted(delete.id(), author.name()));
        CommandDispatcher.done(connection, delete);
    }

    private static ChatException noSuchMessage() {
        return new ChatException(ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with this id");
    }
}
