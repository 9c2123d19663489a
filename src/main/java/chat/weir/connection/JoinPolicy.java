package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.channel.PrivateChats;
import chat.weir.channel.presence.UserIdentity;
import chat.weir.enforcement.AccessControl;
import chat.weir.history.Author;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which channels a client may be in under its name: private chats admit two participants, and bans and mutes keep
 * clients out.
 *
 * <p>Threading: safe.
 */
public record JoinPolicy(PrivateChats privateChats, AccessControl accessControl) {

    /**
     * Checks that a client may enter a channel.
     *
     * @param identity null: it has no name
     * @throws ChatException 403 if it is a private chat of others, or the client is banned, or muted under another name,
     *     there
     */
    void check(ChannelId channel, @Nullable UserIdentity identity, Optional<String> address) {
        if (isClosedTo(channel, identity)) {
            // The same text whether the chat exists or not.
            throw new ChatException(ErrorReason.PRIVATE, "only the two whose private chat it is may enter " + channel);
        }
        Author author = identity == null ? null : identity.author();
        accessControl.requireNotBanned(channel, author, address);
        if (author != null) {
            accessControl.requireMayAnnounce(channel, author, address);
        }
    }

    /** Whether it is a private chat of others. */
    boolean isClosedTo(ChannelId channel, @Nullable UserIdentity identity) {
        return channel.isPrivate() && (identity == null || !privateChats.admits(channel, identity.participant()));
    }

    /** Whether a mute in one of the channels forbids to announce this name there. */
    boolean isNameMuted(List<Member> members, Author author) {
        return members.stream().anyMatch(member -> accessControl.isNameMuted(member, author));
    }
}
