package chat.weir.account;

import chat.weir.database.Database;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each account has read in each channel. A position only moves forward.
 *
 * <p>A client may send a position for every message, so positions are collected in memory, one for each account and
 * channel, and written together by {@link #flush}. A crash loses what was collected since. While the database fails,
 * they are kept and written later. A new one is refused while too many wait.
 *
 * <p>The listener is notified by {@link #flush} too, of the latest position only. Otherwise an account with many
 * connections could multiply each of its frames by their number.
 *
 * <p>An account has a limited number of positions; the oldest, those with the lowest ids, are removed. They are counted only
 * after the account has read in a channel for the first time.
 *
 * <p>Threading: safe; the collected positions are guarded by this, and neither the database nor the listener is called
 * while the lock is held.
 */
public final class ReadPositions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReadPositions.class);

    /** The estimated heap size of a position that waits: an id of 128 characters, and the objects around it. */
    public static final int BYTES_EACH = 600;

    /** The number of positions in a transaction; a larger one would delay the messages that wait for its end. */
    private static final int MAX_BATCH = 1_000;

    /** The largest number of positions of an account. */
    static final int MAX_OF_ACCOUNT = 10_000;

    /** Each is removed in a transaction of its own, so that it cannot deadlock with one that writes several. */
    private static final int MAX_REMOVED = 100;

    private final Database database;
    private final int maxWaiting;
    private final int maxOfAccount;
    private final Listener listener;
    private final Metrics metrics;

    /** Those that are not written yet. */
    @GuardedBy("this")
    private final Map<Key, Waiting> waiting = new HashMap<>();

    /** The accounts with a position in a new channel since the last flush. */
    @GuardedBy("this")
    private final Set<Long> grown = new HashSet<>();

    /**
     * Creates the positions of one node.
     *
     * @param maxWaiting the number of positions that are kept in memory
     */
    public ReadPositions(Database database, int maxWaiting, Listener listener, Metrics metrics) {
        this(database, maxWaiting, MAX_OF_ACCOUNT, listener, metrics);
    }

    ReadPositions(Database database, int maxWaiting, int maxOfAccount, Listener listener, Metrics metrics) {
        this.database = database;
        this.maxWaiting = maxWaiting;
        this.maxOfAccount = maxOfAccount;
        this.listener = listener;
        this.metrics = metrics;
    }

    /** Is notified of positions that have moved forward. */
    @FunctionalInterface
    public interface Listener {
        /** Must not block. After a failure of the database or with several nodes, a lower position may follow. */
        void moved(ReadPosition position, Reader reader);
    }

    /**
     * Who has read.
     *
     * @param socket the connection that sent the position
     */
    public record Reader(UserName name, LoginRegistry.Socket socket) {}

    private record Key(long account, ChannelId channel) {
        static Key of(ReadPosition position) {
            return new Key(position.account(), position.channel());
        }
    }

    /** @param untold the reader of whom the listener has not been notified; null: it has */
    private record Waiting(ReadPosition position, @Nullable Reader untold) {}

    /**
     * Moves a position forward; has no effect if it is there already. Blocks on the database, unless a position of the
     * account in the channel is waiting to be written.
     *
     * @throws ChatException 503 if too many positions wait to be written
     */
    public void advance(ReadPosition position, Reader reader) {
        if (!replace(position, reader)) {
            add(position, reader, stored(position));
        }
    }

    /** Returns false if no position of the account in the channel is waiting. */
    private synchronized boolean replace(ReadPosition position, Reader reader) {
        Key key = Key.of(position);
        Waiting before = waiting.get(key);
        if (before == null) {
            return false;
        }
        if (before.position().id() < position.id()) {
            waiting.put(key, new Waiting(position, reader));
        }
        return true;
    }

    /** The stored position; 0 if there is none, or it is unknown because the database fails. */
    private long stored(ReadPosition position) {
        try {
            return database.call(handle -> new ReadPositionTable(handle).find(position.account(), position.channel()));
        } catch (ChatException e) {
            log.debug("a stored read position is unknown: {}", e.text());
            return 0;
        }
    }

    private synchronized void add(ReadPosition position, Reader reader, long stored) {
        if (position.id() <= stored || replace(position, reader)) {
            return;
        }
        if (waiting.size() >= maxWaiting) {
            metrics.refusedReadPositions().increment();
            throw new ChatException(
                    ErrorReason.UNAVAILABLE, "too many read positions are waiting to be stored: try again later");
        }
        waiting.put(Key.of(position), new Waiting(position, reader));
        if (stored == 0) {
            grown.add(position.account());
        }
    }

    /** The number of positions that wait to be written. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /**
     * The positions of an account, in the order of the channels. Blocks on the database.
     *
     * @param after return channels after this one; empty: from the first
     * @throws ChatException 503 if the database fails
     */
    public SortedMap<ChannelId, Long> list(long account, String after, int limit) {
        // Before the query: otherwise a position that is written meanwhile could be missed in both places.
        List<ReadPosition> collected = collected(account);
        SortedMap<ChannelId, Long> positions =
                database.call(handle -> new ReadPositionTable(handle).list(account, after, limit));
        for (ReadPosition position : collected) {
            if (Utf8Order.TEXTS.compare(position.channel().value(), after) > 0) {
                positions.merge(position.channel(), position.id(), Math::max);
            }
        }
        SortedMap<ChannelId, Long> page = new TreeMap<>(Utf8Order.CHANNELS);
        positions.entrySet().stream().limit(limit).forEach(entry -> page.put(entry.getKey(), entry.getValue()));
        return page;
    }

    private synchronized List<ReadPosition> collected(long account) {
        return waiting.values().stream()
                .map(Waiting::position)
                .filter(position -> position.account() == account)
                .toList();
    }

    /**
     * Notifies the listener, and writes what was collected. Call this about once a second. Blocks on the database.
     *
     * @throws ChatException 503 if the database fails; then what is not written is kept
     */
    public void flush() {
        takeUntold().forEach(this::notifyListener);
        List<ReadPosition> positions = inOrder();
        for (int from = 0; from < positions.size(); from += MAX_BATCH) {
            List<ReadPosition> batch = positions.subList(from, Math.min(from + MAX_BATCH, positions.size()));
            int unused = database.transaction(handle -> new ReadPositionTable(handle).put(batch));
            metrics.readPositionCommits().increment();
            removeWritten(batch);
        }
        takeGrown().forEach(this::removeOldest);
    }

    private synchronized List<Long> takeGrown() {
        List<Long> taken = List.copyOf(grown);
        grown.clear();
        return taken;
    }

    /** Removes what an account has over its limit. What is left is removed after its next new channel. */
    private void removeOldest(long account) {
        int count = database.call(handle -> new ReadPositionTable(handle).count(account));
        for (int i = 0; i < Math.min(count - maxOfAccount, MAX_REMOVED); i++) {
            int unused = database.transaction(handle -> new ReadPositionTable(handle).removeOldest(account));
        }
    }

    private synchronized List<Waiting> takeUntold() {
        List<Waiting> untold = new ArrayList<>();
        waiting.replaceAll((key, one) -> {
            if (one.untold() == null) {
                return one;
            }
            untold.add(one);
            return new Waiting(one.position(), null);
        });
        return untold;
    }

    private void notifyListener(Waiting moved) {
        Reader reader = moved.untold();
        try {
            if (reader != null) {
                listener.moved(moved.position(), reader);
            }
        } catch (RuntimeException e) {
            log.error("notifying of a read position failed", e);
        }
    }

    private synchronized List<ReadPosition> inOrder() {
        return waiting.values().stream()
                .map(Waiting::position)
                .sorted(ReadPosition.BY_KEY)
                .toList();
    }

    /** Those that have moved on meanwhile wait for the next time. */
    private synchronized void removeWritten(List<ReadPosition> written) {
        written.forEach(position -> waiting.remove(Key.of(position), new Waiting(position, null)));
    }

    /** Writes what was collected. Call this after the last {@link #advance}. */
    @Override
    public void close() {
        try {
            flush();
        } catch (ChatException e) {
            log.warn("{} read positions were not stored: {}", waiting(), e.text());
        }
    }
}
