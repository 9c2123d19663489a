package chat.weir.history;

import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stores messages and their changes, and defines their order: both take their numbers from one sequence per channel. An
 * id is the time in microseconds since the epoch, or the channel's last id
 * + 1 if that is larger, so ids increase even if the clock is set back or the server restarts.
 *
 * <p>All methods except {@link #append} may block on a database, and throw a {@link ChatException} 503 if it does not
 * answer.
 */
public interface MessageLog extends AutoCloseable {
    /** An id above all others, for {@link #before}. */
    long NEWEST = Long.MAX_VALUE;

    /**
     * Queues a message or a change to be stored; never blocks. If one thread appends several to a channel, their numbers
     * are in the order of the calls.
     *
     * @throws ChatException 503 if too many messages are waiting to be stored, or 400 for a text that cannot be
     *     stored; the draft is not called then
     */
    void append(EventDraft draft);

    /** The latest messages of the channel with ids below {@code id}. */
    Page before(ChannelId channel, long id, int limit);

    /** The earliest messages of the channel with ids above {@code id}. */
    Page after(ChannelId channel, long id, int limit);

    /**
     * All events of the channel after {@code seq}, in order. Messages have their current text, and so have edits, so that
     * no former text is kept. Changes other than the deletion are omitted if the message is deleted.
     *
     * @return empty if there are more than {@code max}, or if some of them are no longer known
     */
    Optional<List<LogEvent>> since(ChannelId channel, long seq, int max);

    Optional<StoredMessage> find(ChannelId channel, long id);

    /** The ids of public channels with messages after {@code after}, in UTF-8 byte order. */
    List<ChannelId> channels(String after, int limit);

    /** The largest id that was given in the channel, even if that message was deleted; 0 if none is known. */
    long lastId(ChannelId channel);

    /**
     * Counts the unread messages of a channel, up to {@link Unread#MAX_COUNT}. Only the first thousand messages after
     * {@code id} are looked at.
     *
     * @param id the messages up to this id have been read
     * @param isCounted whether messages of an author count
     */
    Unread unread(ChannelId channel, long id, Predicate<Author> isCounted);

    /** The private chats of an account with another account that have had messages, after {@code after}, in UTF-8 byte order. */
    List<ChannelId> privateChats(long account, String after, int limit);

    /**
     * Finds messages of an account, in the order of channels and ids. Reads a bounded part of the log, so it may return
     * few or none before the end.
     *
     * @param after begin after this position
     * @param limit return at most this number
     */
    AccountMessages messagesOf(long account, LogPosition after, int limit);

    /**
     * Removes some of the messages with ids below {@code id}, with their reactions, so few that storing does not wait
     * noticeably. {@link #since} does not omit them silently: it returns empty for a client that has missed one. Called
     * by one thread, repeatedly.
     *
     * @return whether there may be more to remove
     */
    boolean removeSomeBefore(long id);

    /** Why messages cannot be stored now, if that is known; empty if they can. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** Stores the queued messages within a second or two, and rejects new ones. */
    @Override
    void close();
}
