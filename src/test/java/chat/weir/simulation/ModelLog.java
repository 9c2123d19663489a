package chat.weir.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The expected messages of a channel in their current state, and their changes.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ModelLog {
    /** A client that missed more events receives no replay. */
    private static final int MAX_REPLAYED = 300;

    private static final int MAX_MESSAGES_IN_MEMORY = 100;
    private static final int MAX_CHANGES_IN_MEMORY = 300;

    private final boolean isInMemory;
    private final TreeMap<Long, SentMessage> messages = new TreeMap<>();
    private final List<MessageEvent> changes = new ArrayList<>();
    private long last;

    /** In memory, messages up to this id are evicted. */
    private long evictedTo;

    /** There is no replay of events before this number. */
    private long incompleteTo;

    private long changedFrom = Long.MAX_VALUE;

    /** @param isInMemory whether the server keeps only the latest messages and changes */
    ModelLog(boolean isInMemory) {
        this.isInMemory = isInMemory;
        // The server does not know whether an earlier process had any.
        this.incompleteTo = isInMemory ? 2 : 0;
    }

    /**
     * A message and its author.
     *
     * @param account null: a guest's
     * @param second the model's time
     */
    record SentMessage(MessageState state, @Nullable SimulatedUser account, int second) {}

    /** Adds a message. */
    void add(MessageEvent message, @Nullable SimulatedUser account, int second) {
        last = message.seq();
        messages.put(message.id(), new SentMessage(new MessageState(message), account, second));
        changedFrom = Math.min(changedFrom, message.id());
        if (isInMemory && messages.size() > MAX_MESSAGES_IN_MEMORY) {
            evictedTo = messages.pollFirstEntry().getKey();
            incompleteTo = Math.max(incompleteTo, evictedTo);
        }
    }

    /** Applies a change that has an effect. */
    void apply(MessageEvent change) {
        last = change.seq();
        changedFrom = Math.min(changedFrom, change.id());
        if (change.isDeletion()) {
            messages.remove(change.id());
        } else {
            SentMessage message = messages.get(change.id());
            if (message == null) {
                throw new IllegalArgumentException("no message for " + change);
            }
            message.state().apply(change);
        }
        changes.add(change);
        if (isInMemory && changes.size() > MAX_CHANGES_IN_MEMORY) {
            incompleteTo = Math.max(incompleteTo, changes.remove(0).seq());
        }
    }

    @Nullable
    SentMessage find(long id) {
        return messages.get(id);
    }

    /** The messages by id. */
    NavigableMap<Long, SentMessage> messages() {
        return messages;
    }

    /** The newest messages, at most {@code limit}. */
    List<SentMessage> newest(int limit) {
        return messages.descendingMap().values().stream().limit(limit).toList();
    }

    /** The number of the last event. */
    long last() {
        return last;
    }

    /** Whether the server has had a message with this id but does not keep it any more. */
    boolean isEvicted(long id) {
        return id <= evictedTo;
    }

    /** The smallest id of a message that has changed since the last call; empty: none. */
    Optional<Long> takeChangedFrom() {
        long from = changedFrom;
        changedFrom = Long.MAX_VALUE;
        return from == Long.MAX_VALUE ? Optional.empty() : Optional.of(from);
    }

    /**
     * The replay for a client that has seen the events up to {@code seq}: with the current texts, and with nothing of a
     * deleted message but its deletion. Empty if it would be too long, or incomplete.
     */
    Optional<List<MessageEvent>> replay(long seq) {
        if (seq < incompleteTo) {
            return Optional.empty();
        }
        Stream<MessageEvent> later = Stream.concat(
                messages.tailMap(seq, false).values().stream()
                        .map(message -> message.state().sent()),
                changes.stream().filter(change -> change.seq() > seq).flatMap(this::current));
        List<MessageEvent> events =
                later.sorted(Comparator.comparingLong(MessageEvent::seq)).toList();
        return events.size() > MAX_REPLAYED ? Optional.empty() : Optional.of(events);
    }

    private Stream<MessageEvent> current(MessageEvent change) {
        SentMessage message = messages.get(change.id());
        if (change.isDeletion()) {
            return Stream.of(change);
        }
        if (message == null) {
            return Stream.empty();
        }
        return Stream.of(change.hasText() ? change.withContent(message.state().text()) : change);
    }

    /**
     * Returns a page of the history.
     *
     * @param before whether it has the messages before an id, or those after it
     */
    Page page(boolean before, long id, int limit) {
        Map<Long, SentMessage> all = before ? messages.headMap(id, false).descendingMap() : messages.tailMap(id, false);
        List<MessageState> found = new ArrayList<>(
                all.values().stream().limit(limit).map(SentMessage::state).toList());
        long next = found.isEmpty() || found.size() == all.size() ? 0 : found.get(found.size() - 1).id;
        found.sort(Comparator.comparingLong(message -> message.id));
        return new Page(found, next);
    }

    /** @param next the id to continue from; 0: there are no more */
    record Page(List<MessageState> messages, long next) {}
}
