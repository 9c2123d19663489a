package chat.weir.history;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest messages of a channel, and the latest changes.
 *
 * <p>Threading: guarded by its log.
 */
final class RecentMessages {
    static final int MAX = 100;

    private final Deque<StoredMessage> messages = new ArrayDeque<>();

    /** Null until the first change. */
    private @Nullable RecentChanges changes;

    private long bytes;
    private long droppedUpTo;
    private long last;

    /** @param droppedUpTo it is unknown whether there were messages up to this id */
    RecentMessages(long droppedUpTo) {
        this.droppedUpTo = droppedUpTo;
        this.last = droppedUpTo;
    }

    /** The estimated heap size of the messages and changes. */
    long bytes() {
        return changes == null ? bytes : bytes + changes.bytes();
    }

    /** All events after this one are here, except deleted messages. */
    long droppedUpTo() {
        return changes == null ? droppedUpTo : Math.max(droppedUpTo, changes.droppedUpTo());
    }

    /** The number of the latest event, even if it was a message that is deleted. */
    long last() {
        return last;
    }

    void add(StoredMessage message) {
        if (messages.size() == MAX) {
            removeFirst();
        }
        messages.addLast(message);
        last = message.id();
        bytes += bytes(message);
    }

    private void removeFirst() {
        StoredMessage oldest = messages.removeFirst();
        bytes -= bytes(oldest);
        droppedUpTo = oldest.id();
        if (changes != null) {
            changes.forget(oldest.id());
        }
    }

    /** Removes the messages and changes with numbers below {@code id}. */
    void removeBefore(long id) {
        while (!messages.isEmpty() && messages.getFirst().id() < id) {
            removeFirst();
        }
        if (changes != null) {
            changes.removeBefore(id);
        }
    }

    /**
     * Applies a change.
     *
     * @return false if the message is as requested already
     * @throws ChatException 404 if there is no such message, 409 if it has too many reactions
     */
    boolean apply(StoredChange event) {
        StoredMessage before = require(event.change().message());
        RecentChanges all = changes == null ? new RecentChanges() : changes;
        if (event.change() instanceof MessageChange.Delete) {
            messages.remove(before);
            bytes -= bytes(before);
        } else {
            StoredMessage after = all.change(before, event);
            if (after.equals(before)) {
                return false;
            }
            replace(before, after);
        }
        all.add(event);
        changes = all;
        last = event.seq();
        return true;
    }

    /** @throws ChatException 404 if there is no such message */
    StoredMessage require(long id) {
        return find(id).orElseThrow(() ->
                new ChatException(ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with the id " + id));
    }

    /** Copies all, because a deque cannot replace an element. Only changes cost this. */
    private void replace(StoredMessage before, StoredMessage after) {
        List<StoredMessage> all = List.copyOf(messages);
        messages.clear();
        all.forEach(message -> messages.addLast(message.id() == after.id() ? after : message));
        bytes += bytes(after) - bytes(before);
    }

    /** The events after a number, in order; one more than the limit if there are more. */
    List<LogEvent> eventsAfter(long seq, int limit) {
        Stream<LogEvent> later =
                messages.stream().filter(message -> message.id() > seq).map(message -> message);
        if (changes != null) {
            Stream<LogEvent> changed = changes.after(seq).flatMap(this::current);
            later = Stream.concat(later, changed).sorted(Comparator.comparingLong(LogEvent::seq));
        }
        return later.limit(limit + 1L).toList();
    }

    /** An edit has the current text. A deleted message has no changes but the deletion. */
    private Stream<StoredChange> current(StoredChange event) {
        MessageChange change = event.change();
        if (change instanceof MessageChange.Delete) {
            return Stream.of(event);
        }
        return find(change.message()).stream()
                .map(message -> change instanceof MessageChange.Edit
                        ? new StoredChange(
                                event.seq(),
                                event.timestamp(),
                                event.author(),
                                new MessageChange.Edit(message.id(), message.text()))
                        : event);
    }

    Optional<StoredMessage> find(long id) {
        return messages.stream().filter(message -> message.id() == id).findFirst();
    }

    Unread unread(long id, Predicate<Author> isCounted) {
        long count = messages.stream()
                .filter(message -> message.id() > id && isCounted.test(message.author()))
                .limit(Unread.MAX_COUNT)
                .count();
        return new Unread(messages.isEmpty() ? 0 : messages.getLast().id(), (int) count);
    }

    Page before(long id, int limit) {
        List<StoredMessage> found = new ArrayList<>();
        Iterator<StoredMessage> newestFirst = messages.descendingIterator();
        while (newestFirst.hasNext() && found.size() <= limit) {
            StoredMessage message = newestFirst.next();
            if (message.id() < id) {
                found.add(message);
            }
        }
        return PageBuilder.newestFirst(found, limit);
    }

    Page after(long id, int limit) {
        return PageBuilder.oldestFirst(
                messages.stream()
                        .filter(message -> message.id() > id)
                        .limit(limit + 1L)
                        .toList(),
                limit);
    }

    private static long bytes(StoredMessage message) {
        return HeapEstimate.bytes(message.author(), message.text());
    }
}
