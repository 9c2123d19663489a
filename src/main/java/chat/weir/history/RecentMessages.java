package chat.weir.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The latest messages of a channel.
 *
 * <p>Threading: guarded by its log.
 */
final class RecentMessages {
    static final int MAX = 100;

    private final Deque<StoredMessage> messages = new ArrayDeque<>();
    private long bytes;
    private long droppedUpTo;
    private long last;

    /** @param droppedUpTo it is unknown whether there were messages up to this id */
    RecentMessages(long droppedUpTo) {
        this.droppedUpTo = droppedUpTo;
        this.last = droppedUpTo;
    }

    /** The estimated heap size of the messages. */
    long bytes() {
        return bytes;
    }

    /** All messages with larger ids are here, except deleted ones. */
    long droppedUpTo() {
        return droppedUpTo;
    }

    /** The largest id that was ever added, even if that message was deleted. */
    long last() {
        return last;
    }

    void add(StoredMessage message) {
        if (messages.size() == MAX) {
            StoredMessage oldest = messages.removeFirst();
            bytes -= bytes(oldest);
            droppedUpTo = oldest.id();
        }
        messages.addLast(message);
        last = message.id();
        bytes += bytes(message);
    }

    boolean delete(long id) {
        Optional<StoredMessage> found = find(id);
        found.ifPresent(message -> {
            messages.remove(message);
            bytes -= bytes(message);
        });
        return found.isPresent();
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
