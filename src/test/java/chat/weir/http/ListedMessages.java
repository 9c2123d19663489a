package chat.weir.http;

import chat.weir.history.Draft;
import chat.weir.history.MessageLog;
import chat.weir.history.Page;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A log in lists, which forgets nothing. */
final class ListedMessages implements MessageLog {
    private final Map<String, List<StoredMessage>> channels = new TreeMap<>((one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));

    private long lastId = 1_767_225_600_000_000L;

    @Override
    public synchronized void append(Draft draft) {
        lastId++;
        StoredMessage message = new StoredMessage(lastId, lastId / 1_000_000, draft.author(), draft.text());
        channels.computeIfAbsent(draft.channel().value(), id -> new ArrayList<>())
                .add(message);
        draft.stored(message.id(), message.timestamp());
    }

    private List<StoredMessage> messages(ChannelId channel) {
        return channels.getOrDefault(channel.value(), List.of());
    }

    @Override
    public synchronized Page before(ChannelId channel, long id, int limit) {
        List<StoredMessage> older =
                messages(channel).stream().filter(message -> message.id() < id).toList();
        int from = Math.max(0, older.size() - limit);
        return new Page(older.subList(from, older.size()), from > 0);
    }

    @Override
    public synchronized Page after(ChannelId channel, long id, int limit) {
        List<StoredMessage> newer =
                messages(channel).stream().filter(message -> message.id() > id).toList();
        int to = Math.min(limit, newer.size());
        return new Page(newer.subList(0, to), to < newer.size());
    }

    @Override
    public synchronized Optional<List<StoredMessage>> since(ChannelId channel, long id, int max) {
        return Optional.of(after(channel, id, max))
                .filter(page -> !page.hasMore())
                .map(Page::messages);
    }

    @Override
    public synchronized Optional<StoredMessage> find(ChannelId channel, long id) {
        return messages(channel).stream().filter(message -> message.id() == id).findFirst();
    }

    @Override
    public synchronized boolean delete(ChannelId channel, long id) {
        return messages(channel).removeIf(message -> message.id() == id);
    }

    @Override
    public synchronized List<ChannelId> channels(String after, int limit) {
        return channels.keySet().stream()
                .dropWhile(id -> !after.isEmpty()
                        && Arrays.compareUnsigned(
                                        id.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8))
                                <= 0)
                .limit(limit)
                .map(ChannelId::new)
                .toList();
    }

    @Override
    public void close() {
        // Nothing waits to be stored.
    }
}
