package chat.weir.http.api;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the API does in channels. */
public interface ChannelAccess {
    /**
     * Says something as a name that need not be here.
     *
     * @param key which API key speaks; a ref belongs to the key and the name
     * @return the id and timestamp once it is stored, or an {@link ChatException}, which may as well be thrown at once
     */
    CompletableFuture<ServerEnvelope.Ack> publish(
            ChannelId channel, long key, UserName name, String text, @Nullable String ref);

    /** Who is in a channel now. */
    ServerEnvelope.Users users(ChannelId channel);

    /**
     * Whether guests go by a name now of whom one at least is not the one whose secret this is. Several guests may go by
     * one name, each in a channel of their own.
     *
     * @param resume null: no secret was given
     */
    boolean isUsedByAnother(UserName name, @Nullable String resume);

    /**
     * A page of the channels, save private chats, that somebody is connected to now, by id, with the number of
     * connections.
     *
     * @param after the id that the page begins behind, in the order of UTF-8; empty: at the first
     */
    SortedMap<String, Integer> live(String after, int limit);
}
