package chat.weir.http.api;

import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;

/** Parses the scope of a moderation action. A private chat is not allowed, because it has no moderators. */
final class RequestScopes {
    private RequestScopes() {}

    /** @throws ChatException 400 if the id is not valid, 403 if it is a private chat */
    static ChannelId channel(String id) {
        ChannelId channel = new ChannelId(id);
        if (channel.isPrivate()) {
            throw new ChatException(ErrorReason.PRIVATE, "a private chat has no moderators, bans and mutes");
        }
        return channel;
    }

    /** Parses a channel id, or {@code *} for everywhere. @throws ChatException as {@link #channel} */
    static Scope scope(String text) {
        return text.equals(Scope.EVERYWHERE.text()) ? Scope.EVERYWHERE : Scope.of(channel(text));
    }
}
