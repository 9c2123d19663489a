package chat.weir.history.sql;

import chat.weir.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Removes changes that are too old for any replay. The state of the messages stays; a client that comes back later than
 * this is told to page through the history.
 *
 * <p>Threading: safe; blocks on the database.
 */
public final class ChangeRetention {
    /** For how long a client can come back with {@code since}, unless messages are kept for a shorter time. */
    static final Duration KEPT = Duration.ofDays(7);

    /** Small, because the transactions lock the channels, and SQLite's whole database, while messages wait. */
    private static final int BATCH = 500;

    private static final int MAX_BATCHES = 20;

    private final Database database;
    private final Clock clock;
    private final Duration kept;

    /** @param history how long messages are kept; zero: forever */
    public ChangeRetention(Database database, Clock clock, Duration history) {
        this.database = database;
        this.clock = clock;
        this.kept = history.isZero() || history.compareTo(KEPT) > 0 ? KEPT : history;
    }

    /** A channel, and the last of its oldest changes. */
    private record Range(String channel, long last) {}

    /** Removes changes that are too old, if there are any; at most a few batches. */
    public void removeOld() {
        int removed = BATCH;
        for (int i = 0; i < MAX_BATCHES && removed >= BATCH; i++) {
            removed = removeBatch();
        }
    }

    private int removeBatch() {
        long before = clock.instant().minus(kept).getEpochSecond();
        List<Range> ranges = database.call(handle -> ranges(handle, before));
        return ranges.stream()
                .mapToInt(range -> database.transaction(handle -> remove(handle, range)))
                .sum();
    }

    private static List<Range> ranges(Handle handle, long before) {
        try (Query query = handle.createQuery("SELECT channel, MAX(seq) FROM (SELECT channel, seq FROM message_change"
                + " WHERE changed_at < :before ORDER BY changed_at LIMIT :limit) AS old GROUP BY channel")) {
            return query.bind("before", before)
                    .bind("limit", BATCH)
                    .map((row, context) -> new Range(row.getString(1), row.getLong(2)))
                    .list();
        }
    }

    /** One channel per transaction, so that it cannot deadlock with one that stores messages in several. */
    private static int remove(Handle handle, Range range) {
        handle.execute(
                "UPDATE channel SET changes_removed_to = ? WHERE id = ? AND changes_removed_to < ?",
                range.last(),
                range.channel(),
                range.last());
        return handle.execute(
                "DELETE FROM message_change WHERE channel = ? AND seq <= ?", range.channel(), range.last());
    }
}
