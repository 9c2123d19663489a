package chat.weir.enforcement;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.Optional;

/**
 * Decides who may delete the messages of others, for WebSocket and HTTP.
 *
 * <p>Threading: safe; blocks on the database.
 */
public record DeletionPolicy(Accounts accounts, Moderation moderation) {
    /**
     * Records that a moderator deletes a message of another user.
     *
     * @throws ChatException 403 if the actor is not a moderator, or not above the author
     */
    public void permit(Actor by, ChannelId channel, StoredMessage message) {
        Author author = message.author();
        Optional<Account> account = author.account() > 0 ? accounts.find(author.account()) : Optional.empty();
        Actor target = account.map(SanctionTargets::of)
                .orElseGet(() -> new Actor(
                        author.account() > 0
                                ? new Subject.OfAccount(author.account(), author.name())
                                : new Subject.OfGuest(author.name(), null),
                        false));
        if (moderation
                .refusal(by, ModerationAction.DELETE, target, Scope.of(channel))
                .isPresent()) {
            throw new ChatException(
                    ErrorReason.NOT_AUTHOR, "only its author, or a moderator above them, can delete a message");
        }
        AuditEntry unused = moderation.delete(by, target, channel, message.id(), Reason.NONE);
    }
}
