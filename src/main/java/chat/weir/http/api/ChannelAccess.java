package chat.weir.http.api;

import chat.weir.history.Author;
import chat.weir.history.MessageChange;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ServerEnvelope;
import chat.weir.protocol.UserName;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The operations of the API on channels. */
public interface ChannelAccess {
    /**
     * Publishes a message under a name that need not be present.
     *
     * @param key the API key of the backend; a ref belongs to a key and a name
     * @return the id and timestamp when the message is stored, or a {@link ChatException}, which may also be thrown
     *     directly
     */
    CompletableFuture<ServerEnvelope.Ack> publish(
            ChannelId channel, long key, UserName name, String text, @Nullable String ref);

    /**
     * Publishes a change of a message. Its rights have been checked.
     *
     * @return completed when the change is stored, or with a {@link ChatException}, which may also be thrown directly
     */
    CompletableFuture<Boolean> change(ChannelId channel, Author author, MessageChange change);

    /** The users in a channel. */
    ServerEnvelope.Users users(ChannelId channel);

    /**
     * Whether a guest other than the owner of this secret has the name. Several guests may have the same name, each in
     * a different channel.
     *
     * @param resume null: no secret
     */
    boolean isUsedByAnother(UserName name, @Nullable String resume);

    /**
     * A page of the public channels that have connections, by id, with the number of connections.
     *
     * @param after return ids after this one, in UTF-8 order; empty: from the first
     */
    SortedMap<String, Integer> live(String after, int limit);
}
