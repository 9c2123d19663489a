package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.channel.Speaker;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ClientEnvelope.Delete;
import chat.weir.protocol.ClientEnvelope.History;
import chat.weir.protocol.ClientEnvelope.Message;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.VisibleText;

/**
 * What is said in channels: saying it, finding it again, taking it back.
 *
 * <p>Threading: safe.
 */
final class Talk {
    private final Environment environment;

    private final Moderating moderating;

    Talk(Environment environment) {
        this.environment = environment;
        this.moderating = new Moderating(environment);
    }

    /** What can be told of a message at once. @throws ErrorReply 400 or 413 */
    void check(Message message) {
        String text = message.text();
        if (text.isEmpty()) {
            throw ErrorReply.malformed(ErrorReason.EMPTY_TEXT, "text is empty", message.ref());
        }
        if (!VisibleText.isVisible(text)) {
            throw ErrorReply.malformed(ErrorReason.EMPTY_TEXT, "text has no visible character", message.ref());
        }
        int max = environment.rules().maxTextLength();
        if (text.length() > max && text.codePointCount(0, text.length()) > max) {
            throw new ErrorReply(
                    ErrorReason.TOO_LONG,
                    "text is " + text.codePointCount(0, text.length()) + " characters long; at most " + max
                            + " are taken");
        }
    }

    void say(Connection connection, Message message) {
        Speaker speaker = connection.standing().speaker();
        Member member = connection.places().in(message.channel());
        environment.doorkeeper().refuseMuted(member.channel().id(), speaker.author(), connection.wire());
        connection.guard().message(environment.rules().nanoTime().getAsLong());
        if (!member.channel().id().isPrivate()) {
            // Before anybody can see it and ban its author.
            environment
                    .speakers()
                    .record(
                            member.channel().id(),
                            speaker.author(),
                            connection.wire().ownAddress());
        }
        member.channel().say(member, speaker, message.text(), message.ref());
    }

    /** An errand: waits for the log. */
    void history(Connection connection, History asked) {
        Member member = connection.places().in(asked.channel());
        member.channel()
                .reply(
                        member,
                        Pages.read(
                                environment,
                                member.channel().id(),
                                asked,
                                connection.places().blocked()));
    }

    /** An errand: waits for the log. */
    void delete(Connection connection, Delete delete) {
        Author author = connection.standing().author();
        Member member = connection.places().in(delete.channel());
        StoredMessage message =
                environment.log().find(member.channel().id(), delete.id()).orElseThrow(Talk::noSuchMessage);
        if (!member.wrote(message)) {
            moderating.permitDeletion(connection, member.channel().id(), message);
        }
        if (!environment.log().delete(member.channel().id(), delete.id())) {
            throw noSuchMessage();
        }
        member.channel().broadcast(new ServerEnvelope.Deleted(delete.id(), author.name()));
        Envelopes.done(connection, delete);
    }

    private static ErrorReply noSuchMessage() {
        return new ErrorReply(ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with this id");
    }
}
