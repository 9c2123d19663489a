package chat.weir.command;

import chat.weir.channel.Member;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.enforcement.AccessControl;
import chat.weir.history.Author;
import chat.weir.history.MessageChange;
import chat.weir.history.MessageLog;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Delete;
import chat.weir.protocol.ClientEnvelope.Edit;
import chat.weir.protocol.ClientEnvelope.React;
import chat.weir.protocol.ClientEnvelope.Unreact;
import chat.weir.protocol.Emoji;
import chat.weir.protocol.ErrorReason;
import org.jspecify.annotations.Nullable;

/**
 * Handles changes of messages: checks whether the client may change the message, and publishes the change.
 *
 * <p>Threading: safe. To check the author, it waits for the log and runs on a worker pool. A reaction needs no such check,
 * and the log itself refuses one to a message that does not exist.
 */
public final class ChangeHandler implements CommandTable.Group {
    private final MessageLog log;
    private final AccessControl accessControl;
    private final ModerationHandler moderationHandler;

    public ChangeHandler(MessageLog log, AccessControl accessControl, ModerationHandler moderationHandler) {
        this.log = log;
        this.accessControl = accessControl;
        this.moderationHandler = moderationHandler;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Delete.class, Lane.QUERY, this::delete, Trait.AFTER_DISCONNECT);
        table.put(Edit.class, Lane.QUERY, this::edit, Trait.NOTICED, Trait.AFTER_DISCONNECT);
        table.put(React.class, Lane.NONE, this::react, Trait.NOTICED);
        table.put(Unreact.class, Lane.NONE, this::unreact, Trait.NOTICED);
    }

    private void delete(Connection connection, Delete delete) {
        Author author = connection.identity().author();
        Member member = connection.memberships().in(delete.channel());
        StoredMessage message = find(member, delete.id());
        if (!member.wrote(message)) {
            moderationHandler.permitDeletion(connection, member.channel().id(), message);
        }
        member.channel().change(member, author, new MessageChange.Delete(delete.id()), delete);
    }

    private void edit(Connection connection, Edit edit) {
        Author author = connection.identity().author();
        Member member = speaker(connection, author, edit.channel());
        if (!member.wrote(find(member, edit.id()))) {
            throw new ChatException(ErrorReason.NOT_AUTHOR, "only its author can edit a message");
        }
        member.channel().change(member, author, new MessageChange.Edit(edit.id(), edit.text()), edit);
    }

    private StoredMessage find(Member member, long id) {
        ChannelId channel = member.channel().id();
        return log.find(channel, id)
                .orElseThrow(() ->
                        new ChatException(ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with the id " + id));
    }

    private void react(Connection connection, React react) {
        Author author = connection.identity().author();
        requireEmoji(react.emoji());
        Member member = speaker(connection, author, react.channel());
        member.channel().change(member, author, new MessageChange.React(react.id(), react.emoji()), react);
    }

    private void unreact(Connection connection, Unreact unreact) {
        Author author = connection.identity().author();
        requireEmoji(unreact.emoji());
        Member member = speaker(connection, author, unreact.channel());
        member.channel().change(member, author, new MessageChange.Unreact(unreact.id(), unreact.emoji()), unreact);
    }

    private static void requireEmoji(String emoji) {
        if (!Emoji.isEmoji(emoji)) {
            throw new ChatException(ErrorReason.INVALID_VALUE, "emoji must be a single emoji");
        }
    }

    /** @throws ChatException 403 if the client is not in the channel, or is muted there */
    private Member speaker(Connection connection, Author author, @Nullable ChannelId channel) {
        Member member = connection.memberships().in(channel);
        accessControl.requireMaySpeak(member, author);
        return member;
    }
}
