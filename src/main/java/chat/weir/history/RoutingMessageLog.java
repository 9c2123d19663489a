package chat.weir.history;

import chat.weir.protocol.ChannelId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Routes the messages of guests' private chats, which are not kept, to a log in memory, and all others to a durable
 * log.
 *
 * <p>Threading: safe.
 */
public final class RoutingMessageLog implements MessageLog {
    /** Before all ephemeral chats. Ids of durable private chats begin with the same character, but have a hyphen. */
    private static final LogPosition EPHEMERAL = new LogPosition("@", 0);

    private final MessageLog durable;
    private final InMemoryMessageLog ephemeral;

    public RoutingMessageLog(MessageLog durable, InMemoryMessageLog ephemeral) {
        this.durable = durable;
        this.ephemeral = ephemeral;
    }

    private MessageLog of(ChannelId channel) {
        return channel.isEphemeral() ? ephemeral : durable;
    }

    /** Removes the messages of a private chat that has ended. */
    public void forget(ChannelId channel) {
        ephemeral.forget(channel);
    }

    @Override
    public void append(EventDraft draft) {
        of(draft.channel()).append(draft);
    }

    @Override
    public Page before(ChannelId channel, long id, int limit) {
        return of(channel).before(channel, id, limit);
    }

    @Override
    public Page after(ChannelId channel, long id, int limit) {
        return of(channel).after(channel, id, limit);
    }

    @Override
    public Optional<List<LogEvent>> since(ChannelId channel, long seq, int max) {
        return of(channel).since(channel, seq, max);
    }

    @Override
    public Optional<StoredMessage> find(ChannelId channel, long id) {
        return of(channel).find(channel, id);
    }

    @Override
    public List<ChannelId> channels(String after, int limit) {
        return durable.channels(after, limit);
    }

    @Override
    public long lastId(ChannelId channel) {
        return of(channel).lastId(channel);
    }

    @Override
    public Unread unread(ChannelId channel, long id, Predicate<Author> isCounted) {
        return of(channel).unread(channel, id, isCounted);
    }

    @Override
    public List<ChannelId> privateChats(long account, String after, int limit) {
        return durable.privateChats(account, after, limit);
    }

    /** The ephemeral chats come after all others. */
    @Override
    public AccountMessages messagesOf(long account, LogPosition after, int limit) {
        if (after.channel().startsWith(EPHEMERAL.channel()) && after.channel().indexOf('-') < 0) {
            return ephemeral.messagesOf(account, after, limit);
        }
        AccountMessages part = durable.messagesOf(account, after, limit);
        return part.next().isPresent() ? part : new AccountMessages(part.found(), Optional.of(EPHEMERAL));
    }

    @Override
    public boolean removeSomeBefore(long id) {
        return durable.removeSomeBefore(id) || ephemeral.removeSomeBefore(id);
    }

    @Override
    public Optional<String> problem() {
        return durable.problem();
    }

    @Override
    public void close() {
        ephemeral.close();
        durable.close();
    }
}
