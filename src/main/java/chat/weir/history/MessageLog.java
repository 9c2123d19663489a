package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps messages and gives them their order: an id is microseconds since the epoch, or one more than the channel's last
 * if that is larger, whatever the clock does and however often the server is started.
 *
 * <p>All methods but {@link #append} may wait for a database, and throw an {@link ChatException} 503 if it does not
 * answer.
 */
public interface MessageLog extends AutoCloseable {
    /** Older than this one, for {@link #before}: all. */
    long NEWEST = Long.MAX_VALUE;

    /**
     * Takes a message to be stored; never waits. Of two that are appended to one channel by one thread, the first gets
     * the lower id.
     *
     * @throws ChatException 503 if too much waits to be stored, or 400 for a text that cannot be; then the draft hears
     *     nothing more
     */
    void append(MessageDraft draft);

    /** The latest messages of a channel whose ids are below {@code id}. */
    Page before(ChannelId channel, long id, int limit);

    /** The earliest messages of a channel whose ids are above {@code id}. */
    Page after(ChannelId channel, long id, int limit);

    /**
     * All messages of a channel whose ids are above {@code id}.
     *
     * @return nothing if there are more than {@code max}, or if it is not known any more which there were
     */
    Optional<List<StoredMessage>> since(ChannelId channel, long id, int max);

    Optional<StoredMessage> find(ChannelId channel, long id);

    /** Removes a message; its id is not given again. @return whether there was one */
    boolean delete(ChannelId channel, long id);

    /** The ids of channels, save private chats, in which something was said, in the order of their UTF-8 bytes, after this one. */
    List<ChannelId> channels(String after, int limit);

    /** Why messages cannot be stored now, as far as it is known; nothing if they can. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** Stores what was appended, for at most a second or two, and takes nothing more. */
    @Override
    void close();
}
