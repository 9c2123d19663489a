package chat.weir.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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

    /** @param droppedUpTo it is unknown whether there were messages up to this id */
    RecentMessages(long droppedUpTo) {
        this.droppedUpTo = droppedUpTo;
    }

    /** The estimated heap size of the messages. */
    long bytes() {
        return bytes;
    }

    /** All messages with larger ids are here, except deleted ones. */
    long droppedUpTo() {
        return droppedUpTo;
    }

    /** The largest id that was ever added. */
    long last() {
        return messages.isEmpty() ? droppedUpTo : messages.getLast().id();
    }

    void add(StoredMessage message) {
        if (messages.size() == MAX) {
            StoredMessage oldest = messages.removeFirst();
            bytes -= bytes(oldest);
            droppedUpTo = oldest.id();
        }
        messages.addLast(message);
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
