package chat.weir.history;

import chat.weir.protocol.ChannelId;
import java.util.List;
import java.util.Optional;

/**
 * Routes ephemeral private chats to a log in memory, where nothing is left of them, and everything else to a durable
 * log.
 *
 * <p>Threading: safe.
 */
public final class RoutingMessageLog implements MessageLog {
    private final MessageLog lasting;
    private final InMemoryMessageLog passing;

    public RoutingMessageLog(MessageLog lasting, InMemoryMessageLog passing) {
        this.lasting = lasting;
        this.passing = passing;
    }

    private MessageLog of(ChannelId channel) {
        return channel.isPassing() ? passing : lasting;
    }

    /** A private chat has ended. */
    public void forget(ChannelId channel) {
        passing.forget(channel);
    }

    @Override
    public void append(MessageDraft draft) {
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
    public Optional<List<StoredMessage>> since(ChannelId channel, long id, int max) {
        return of(channel).since(channel, id, max);
    }

    @Override
    public Optional<StoredMessage> find(ChannelId channel, long id) {
        return of(channel).find(channel, id);
    }

    @Override
    public boolean delete(ChannelId channel, long id) {
        return of(channel).delete(channel, id);
    }

    @Override
    public List<ChannelId> channels(String after, int limit) {
        return lasting.channels(after, limit);
    }

    @Override
    public Optional<String> problem() {
        return lasting.problem();
    }

    @Override
    public void close() {
        passing.close();
        lasting.close();
    }
}
