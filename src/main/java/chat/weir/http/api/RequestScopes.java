package chat.weir.http.api;

import chat.weir.moderation.Scope;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;

/** Parses the scope of a moderation action in a request: anywhere but in a private chat, which has no moderators. */
final class RequestScopes {
    private RequestScopes() {}

    /** @throws ChatException 400 if it is no channel's id, 403 if it is that of a private chat */
    static ChannelId channel(String id) {
        ChannelId channel = new ChannelId(id);
        if (channel.isPrivate()) {
            throw new ChatException(
                    ErrorReason.PRIVATE, "a private chat has no moderators, and nobody is banned or muted there");
        }
        return channel;
    }

    /** A channel, or {@code *} for everywhere. @throws ChatException as above */
    static Scope scope(String text) {
        return text.equals(Scope.EVERYWHERE.text()) ? Scope.EVERYWHERE : Scope.of(channel(text));
    }
}
