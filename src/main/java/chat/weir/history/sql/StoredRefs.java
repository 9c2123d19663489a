package chat.weir.history.sql;

import chat.weir.history.MessageIdGenerator;
import chat.weir.history.MessageRef;
import chat.weir.protocol.ChannelId;
import chat.weir.worker.ExpiringMap;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The refs of messages that other processes have stored: earlier ones, and other servers. The refs of this process are in
 * its channels, which recognise most messages that are sent again, without asking the log.
 *
 * <p>Of each channel, this class remembers up to which id it knows the refs. If the database has a larger one, it reads the
 * messages after that, at most {@value #MAX_ROWS} and those of the last five minutes, within the transaction that stores a
 * message with a ref: the channel is locked then, so no other process can store the same message meanwhile. It reads
 * nothing for messages without a ref. After each commit it knows the refs up to the channel's last id, since the
 * messages of this process need not be read.
 *
 * <p>Forgetting a channel is always correct, and costs a query when the channel is used again. A channel is forgotten after
 * five minutes without a message, and the least recently used one if there are more than {@value #MAX_CHANNELS}.
 *
 * <p>Threading: confined to the log thread.
 */
final class StoredRefs {
    /** For how long a client can send a message again. */
    static final Duration VALID = Duration.ofMinutes(5);

    /** As many as the channel remembers of the messages of this process. */
    static final int MAX_ROWS = ExpiringMap.MAX_ENTRIES;

    /** About 200 bytes each. */
    private static final int MAX_CHANNELS = 10_000;

    private final LongSupplier nanoTime;
    private final Semaphore permits;

    /** The least recently used first. */
    private final Map<ChannelId, ChannelRefs> channels = new LinkedHashMap<>(16, 0.75f, true);

    /** @param maxRefs of all channels together; beyond it, the oldest of a channel are forgotten */
    StoredRefs(LongSupplier nanoTime, int maxRefs) {
        this.nanoTime = nanoTime;
        this.permits = new Semaphore(maxRefs);
    }

    /** A message with a ref. */
    record Found(MessageRef ref, long id, long timestamp) {}

    /** Reads the messages with a ref, the newest first. */
    interface Reader {
        /**
         * Reads messages of a channel.
         *
         * @param after only messages with larger ids
         * @param since only messages that were sent at this time or later, in Unix seconds
         * @param maxRows looks at no more messages than these
         */
        List<Found> read(ChannelId channel, long after, long since, int maxRows) throws SQLException;
    }

    /** The refs of a channel. */
    private static final class ChannelRefs {
        private final ExpiringMap<MessageRef, Found> found;
        private long knownUpTo;
        /** Whether the refs up to the channel's last id were known when the transaction began. */
        private boolean isComplete;

        private long usedNanos;

        ChannelRefs(Semaphore permits) {
            this.found = new ExpiringMap<>(permits);
        }
    }

    /**
     * Begins a transaction, which must have locked the channels: reads the refs that are not known yet.
     *
     * @param lastIds of the channels
     * @param withRefs those of them in which messages with refs are to be stored
     */
    void begin(Map<ChannelId, Long> lastIds, Set<ChannelId> withRefs, Instant now, Reader reader) throws SQLException {
        for (ChannelId channel : withRefs) {
            load(channel, lastIds.getOrDefault(channel, 0L), now, reader);
        }
        if (channels.isEmpty()) {
            return;
        }
        lastIds.forEach((channel, lastId) -> {
            ChannelRefs refs = channels.get(channel);
            if (refs != null) {
                refs.isComplete = refs.knownUpTo >= lastId;
            }
        });
    }

    private void load(ChannelId channel, long lastId, Instant now, Reader reader) throws SQLException {
        ChannelRefs refs = channels.computeIfAbsent(channel, id -> new ChannelRefs(permits));
        if (lastId <= refs.knownUpTo) {
            return;
        }
        long nanos = nanoTime.getAsLong();
        Instant since = now.minus(VALID);
        long after = Math.max(refs.knownUpTo, MessageIdGenerator.micros(since) - 1);
        if (lastId > after) {
            List<Found> newestFirst = reader.read(channel, after, since.getEpochSecond(), MAX_ROWS);
            for (int i = newestFirst.size() - 1; i >= 0; i--) {
                refs.found.put(newestFirst.get(i).ref(), newestFirst.get(i), nanos);
            }
        }
        refs.knownUpTo = lastId;
    }

    /** The same message, if another process has stored it within five minutes. */
    @Nullable
    Found find(ChannelId channel, MessageRef ref, Instant now) {
        ChannelRefs refs = channels.get(channel);
        Found found = refs == null ? null : refs.found.find(ref, nanoTime.getAsLong());
        boolean isValid = found != null && found.timestamp() >= now.minus(VALID).getEpochSecond();
        return isValid ? found : null;
    }

    /** The transaction has committed, with these last ids of its channels. */
    void committed(Map<ChannelId, Long> lastIds) {
        if (channels.isEmpty()) {
            return;
        }
        long nanos = nanoTime.getAsLong();
        lastIds.forEach((channel, lastId) -> {
            ChannelRefs refs = channels.get(channel);
            if (refs != null) {
                refs.knownUpTo = refs.isComplete ? lastId : refs.knownUpTo;
                refs.usedNanos = nanos;
            }
        });
        forgetUnused(nanos);
    }

    private void forgetUnused(long nanos) {
        Iterator<ChannelRefs> leastRecent = channels.values().iterator();
        while (leastRecent.hasNext()) {
            ChannelRefs refs = leastRecent.next();
            if (channels.size() <= MAX_CHANNELS && nanos - refs.usedNanos <= VALID.toNanos()) {
                return;
            }
            refs.found.forgetAll();
            leastRecent.remove();
        }
    }

    /** Forgets everything. After a failure the database may be another one: a backup, or a replica. */
    void forgetAll() {
        channels.values().forEach(refs -> refs.found.forgetAll());
        channels.clear();
    }
}
