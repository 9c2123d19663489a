package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.ChangeDraft;
import chat.weir.history.EventDraft;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageIdGenerator;
import chat.weir.history.MessageRef;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.Utf8Order;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores a batch of drafts in one transaction. Each gets the next number of its channel.
 *
 * <p>The transaction locks the rows of all channels first, in the order of their ids, so that several servers on one
 * database assign ids one after the other and cannot deadlock. Missing rows are created before any row is locked, in
 * the same order: creating one while holding the lock of another could deadlock, too.
 *
 * <p>Threading: confined to the log thread.
 */
final class BatchTransaction implements AutoCloseable {
    private static final int MAX_KNOWN_CHANNELS = 10_000;

    private final Database database;
    private final Clock clock;
    private final StoredRefs storedRefs;

    /** The last ids in the transaction that is not committed yet. */
    private Map<ChannelId, Long> lastIds = Map.of();

    /** Channels that have a row. Rows are never removed. */
    private final Set<ChannelId> knownChannels = new HashSet<>();

    /** Kept open with its prepared statements while messages arrive. */
    private @Nullable LogConnection connection;

    BatchTransaction(Database database, Clock clock, StoredRefs storedRefs) {
        this.database = database;
        this.clock = clock;
        this.storedRefs = storedRefs;
    }

    /** Stores everything but does not commit. @throws SQLException if it fails; then nothing is stored */
    StampedBatch prepare(List<EventDraft> drafts) throws SQLException {
        database.checkKnownProblem();
        LogConnection open = connection();
        open.begin();
        List<ChannelId> channels = channels(drafts);
        open.create(channels.stream().filter(id -> !knownChannels.contains(id)).toList());
        lastIds = open.lock(channels);
        Instant now = clock.instant();
        storedRefs.begin(lastIds, channelsWithRefs(drafts), now, open::refs);
        StampedBatch batch = stamp(drafts, now, open.changes());
        open.insert(batch.stored());
        open.updateLastIds(lastIds);
        return batch;
    }

    /** @throws SQLException if the commit fails; it is then unknown whether the batch is stored */
    void commit(List<StampedDraft> batch) throws SQLException {
        connection().commit();
        // Messages in a deleted or replaced file would be lost after a restart.
        database.check();
        if (knownChannels.size() > MAX_KNOWN_CHANNELS) {
            knownChannels.clear();
        }
        batch.forEach(stamped -> knownChannels.add(stamped.draft().channel()));
        storedRefs.committed(lastIds);
    }

    private static List<ChannelId> channels(List<EventDraft> drafts) {
        Set<ChannelId> channels = new HashSet<>();
        drafts.forEach(draft -> channels.add(draft.channel()));
        return channels.stream().sorted(Utf8Order.CHANNELS).toList();
    }

    private static Set<ChannelId> channelsWithRefs(List<EventDraft> drafts) {
        Set<ChannelId> channels = new HashSet<>();
        for (EventDraft draft : drafts) {
            if (draft instanceof MessageDraft message && message.storedRef() != null) {
                channels.add(draft.channel());
            }
        }
        return channels;
    }

    /** Assigns the numbers and applies the changes. Also updates {@code lastIds}. */
    private StampedBatch stamp(List<EventDraft> drafts, Instant now, ChangeStatements changes) throws SQLException {
        long micros = MessageIdGenerator.micros(now);
        StampedBatch batch = StampedBatch.empty(drafts.size());
        for (EventDraft draft : drafts) {
            if (isRepeated(draft, now, batch)) {
                continue;
            }
            long last = lastIds.getOrDefault(draft.channel(), 0L);
            StampedDraft stamped = new StampedDraft(draft, Math.max(micros, last + 1), now.getEpochSecond());
            if (isPlainMessage(draft) || isStorable(stamped, changes, batch)) {
                lastIds.put(draft.channel(), stamped.id());
                batch.stored().add(stamped);
            }
        }
        return batch;
    }

    /** Adds a message that another process has stored to the batch. */
    private boolean isRepeated(EventDraft draft, Instant now, StampedBatch batch) {
        if (!(draft instanceof MessageDraft message)) {
            return false;
        }
        MessageRef ref = message.storedRef();
        StoredRefs.Found found = ref == null ? null : storedRefs.find(draft.channel(), ref, now);
        return found != null && batch.repeated().add(new StampedBatch.Repeated(message, found));
    }

    private static boolean isPlainMessage(EventDraft draft) {
        return draft instanceof MessageDraft message && message.replyTo() == StoredMessage.NONE;
    }

    /** Applies a change, or checks a reply. Adds it to the batch itself if it is not to be stored. */
    private static boolean isStorable(StampedDraft stamped, ChangeStatements changes, StampedBatch batch)
            throws SQLException {
        try {
            if (stamped.draft() instanceof MessageDraft reply) {
                changes.requireRepliedTo(reply);
            } else if (stamped.draft() instanceof ChangeDraft change
                    && !changes.apply(change, stamped.id(), stamped.timestamp())) {
                batch.unchanged().add(change);
                return false;
            }
            return true;
        } catch (ChatException e) {
            batch.refused().add(new StampedBatch.Refused(stamped.draft(), e));
            return false;
        }
    }

    /**
     * Finds out whether a batch is stored after its commit failed, and removes its messages if requested. If the connection
     * broke, the transaction may still be running. It holds the locks of its channels; once this method holds them, it
     * has ended.
     *
     * @param remove whether to remove the messages if they are stored
     * @return whether it was stored
     * @throws SQLException if the database does not answer, or the messages cannot be removed
     */
    boolean resolve(List<StampedDraft> batch, boolean remove) throws SQLException {
        database.check();
        LogConnection open = connection();
        open.begin();
        List<ChannelId> channels =
                channels(batch.stream().map(StampedDraft::draft).toList());
        open.create(channels);
        open.lock(channels);
        boolean stored = false;
        for (StampedDraft stamped : batch) {
            stored = stored || open.isStored(stamped);
        }
        if (stored && remove) {
            for (StampedDraft stamped : batch) {
                if (stamped.draft() instanceof MessageDraft) {
                    open.delete(stamped);
                }
            }
            open.commit();
        } else {
            open.rollback();
        }
        return stored;
    }

    /** Commits a transaction that leaves no data. @throws SQLException if nothing can be stored */
    void probe() throws SQLException {
        database.check();
        connection().probe();
        database.check();
    }

    /** A short reason for operators and clients. */
    String reasonOf(Throwable failure) {
        return database.reasonOf(failure);
    }

    private LogConnection connection() throws SQLException {
        if (connection == null) {
            connection = LogConnection.open(database);
        }
        return connection;
    }

    /** Returns the connection to its pool; the next batch takes a new one. */
    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Rolls back, if the connection still works, and returns it to its pool. */
    void abandon() {
        knownChannels.clear();
        storedRefs.forgetAll();
        if (connection != null) {
            connection.abandon();
            connection = null;
        }
    }
}
