package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageIdGenerator;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.Utf8Order;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores drafts, many in one transaction, each with the next id of its channel.
 *
 * <p>The rows of the channels concerned are locked first, in the order of their names, so that several servers on one
 * database give ids one after the other and never wait for each other in a circle. Rows that are missing are made
 * before any is locked, also in that order: to make one while holding the lock of another could be such a circle.
 *
 * <p>Threading: confined to the log's thread.
 */
final class BatchTransaction implements AutoCloseable {
    private static final int MAX_KNOWN = 10_000;

    private final Database database;
    private final Clock clock;

    /** Channels that have a row; none is ever removed. */
    private final Set<ChannelId> known = new HashSet<>();

    /** Kept while messages come, with its statements. */
    private @Nullable LogConnection connection;

    BatchTransaction(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Does all but commit. @throws SQLException if it fails, and then nothing is stored */
    List<StampedDraft> prepare(List<MessageDraft> drafts) throws SQLException {
        database.checkKnownProblem();
        LogConnection open = connection();
        open.begin();
        List<ChannelId> channels = channels(drafts);
        open.create(channels.stream().filter(id -> !known.contains(id)).toList());
        Map<ChannelId, Long> lastIds = open.lock(channels);
        List<StampedDraft> batch = give(drafts, lastIds);
        open.insert(batch);
        open.raise(lastIds);
        return batch;
    }

    /** @throws SQLException if it is not known whether what was prepared is stored */
    void commit(List<StampedDraft> batch) throws SQLException {
        connection().commit();
        // What went into a file that is deleted or replaced would not be there after a restart.
        database.check();
        if (known.size() > MAX_KNOWN) {
            known.clear();
        }
        batch.forEach(stamped -> known.add(stamped.draft().channel()));
    }

    private static List<ChannelId> channels(List<MessageDraft> drafts) {
        Set<ChannelId> channels = new HashSet<>();
        drafts.forEach(draft -> channels.add(draft.channel()));
        return channels.stream().sorted(Utf8Order.CHANNELS).toList();
    }

    /** Raises the last ids as it goes. */
    private List<StampedDraft> give(List<MessageDraft> drafts, Map<ChannelId, Long> lastIds) {
        Instant now = clock.instant();
        long micros = MessageIdGenerator.micros(now);
        List<StampedDraft> batch = new ArrayList<>(drafts.size());
        for (MessageDraft draft : drafts) {
            long id = lastIds.merge(draft.channel(), micros, (last, clocks) -> Math.max(clocks, last + 1));
            batch.add(new StampedDraft(draft, id, now.getEpochSecond()));
        }
        return batch;
    }

    /**
     * Finds out what became of a batch whose commit failed, and whether it is to stay or to go. The transaction may
     * still be under way where its connection broke; it holds the locks of its channels, so with these in hand it is
     * certain to have ended.
     *
     * @return whether it was stored
     * @throws SQLException if it cannot be found out now, or not be removed
     */
    boolean settle(List<StampedDraft> batch, boolean remove) throws SQLException {
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
                open.delete(stamped);
            }
            open.commit();
        } else {
            open.rollback();
        }
        return stored;
    }

    /** Commits something that leaves nothing behind. @throws SQLException if nothing can be stored */
    void probe() throws SQLException {
        database.check();
        connection().probe();
        database.check();
    }

    /** Why something failed, for operators and clients. */
    String reasonOf(Throwable failure) {
        return database.reasonOf(failure);
    }

    private LogConnection connection() throws SQLException {
        if (connection == null) {
            connection = LogConnection.open(database);
        }
        return connection;
    }

    /** Gives the connection back; the next batch asks for one. */
    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Undoes what is under way, as far as the connection still answers, and gives it back. */
    void abandon() {
        known.clear();
        if (connection != null) {
            connection.abandon();
            connection = null;
        }
    }
}
