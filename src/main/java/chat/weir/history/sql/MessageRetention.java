package chat.weir.history.sql;

import chat.weir.database.Database;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Removes old messages, with their reactions, in small steps. {@link ChangeRetention} removes old changes.
 *
 * <p>The age of a message is in its id: an id is the time in microseconds, or larger after the clock was set back. So old
 * messages are the beginning of their channel's range of the primary key, and no message is removed too early. An index
 * of the times would make each insert slower. Visiting each channel instead costs two lookups in the primary keys.
 *
 * <p>A channel's row stays, so that its ids are never assigned again.
 *
 * <p>Threading: confined to the thread that removes old messages; blocks on the database.
 */
final class MessageRetention {
    /** How many channels one step looks at. */
    static final int CHANNELS = 500;

    /** Rows per transaction. It locks the channel, and SQLite's whole database, while messages wait. */
    private static final int MAX_ROWS = 500;

    private static final int MIN_ROWS = 10;
    private static final int FIRST_ROWS = 100;

    /** After a transaction that took longer than this, the next one removes fewer rows; otherwise more. */
    private static final long TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    static final String DUE_CHANNELS = """
            SELECT c.id, (SELECT MIN(m.id) FROM message m WHERE m.channel = c.id),
            (SELECT MIN(r.message) FROM reaction r WHERE r.channel = c.id)
            FROM channel c WHERE c.id > :after ORDER BY c.id LIMIT :limit""";

    /** The id of the last message of a batch. It is also the number up to which events are missing then. */
    static final String LAST_OF_BATCH = "SELECT MAX(id) FROM (SELECT id FROM message"
            + " WHERE channel = :channel AND id < :before ORDER BY id LIMIT :limit) AS batch";

    /** Reactions are counted singly: a message may have thousands. */
    static final String DELETE_REACTIONS = "DELETE FROM reaction WHERE channel = :channel"
            + " AND (message, emoji, name_key) IN (SELECT message, emoji, name_key FROM reaction"
            + " WHERE channel = :channel AND message < :before ORDER BY message, emoji, name_key LIMIT :limit)";

    private final Database database;
    private final Deque<String> due = new ArrayDeque<>();
    private int rows = FIRST_ROWS;

    /** The last channel that was looked at; empty: none; null: all were. */
    private @Nullable String after = "";

    MessageRetention(Database database) {
        this.database = database;
    }

    private record Visited(String channel, boolean isDue) {}

    /**
     * Looks for channels with old messages, or removes some messages or reactions in one transaction.
     *
     * @param before remove messages with ids below this one
     * @return false if all channels have been visited; the next call begins anew
     */
    boolean step(long before) {
        String channel = due.peek();
        if (channel == null) {
            return findDue(before);
        }
        int removed = removeMessages(channel, before);
        if (removed == 0) {
            removed = removeReactions(channel, before);
        }
        if (removed == 0) {
            due.remove();
        }
        return true;
    }

    private boolean findDue(long before) {
        String from = after;
        if (from == null) {
            after = "";
            return false;
        }
        List<Visited> page = database.call(handle -> {
            try (Query query = handle.createQuery(DUE_CHANNELS)) {
                // Null reads as 0: there is none.
                return query.bind("after", from)
                        .bind("limit", CHANNELS)
                        .map((row, context) -> new Visited(
                                row.getString(1), isOld(row.getLong(2), before) || isOld(row.getLong(3), before)))
                        .list();
            }
        });
        page.stream().filter(Visited::isDue).map(Visited::channel).forEach(due::add);
        after = page.size() < CHANNELS ? null : page.get(page.size() - 1).channel();
        return true;
    }

    private static boolean isOld(long oldest, long before) {
        return oldest > 0 && oldest < before;
    }

    private int removeMessages(String channel, long before) {
        OptionalLong last = database.call(handle -> lastOfBatch(handle, channel, before));
        if (last.isEmpty()) {
            return 0;
        }
        return timed(handle -> {
            // First, so that this waits for a batch in the channel that is being stored, and cannot deadlock with it.
            handle.execute(
                    "UPDATE channel SET changes_removed_to = ? WHERE id = ? AND changes_removed_to < ?",
                    last.getAsLong(),
                    channel,
                    last.getAsLong());
            return handle.execute("DELETE FROM message WHERE channel = ? AND id <= ?", channel, last.getAsLong());
        });
    }

    private OptionalLong lastOfBatch(Handle handle, String channel, long before) {
        try (Query query = handle.createQuery(LAST_OF_BATCH)) {
            Long last = query.bind("channel", channel)
                    .bind("before", before)
                    .bind("limit", rows)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(null);
            return last == null ? OptionalLong.empty() : OptionalLong.of(last);
        }
    }

    /** Removes old reactions, whose messages no longer exist. */
    private int removeReactions(String channel, long before) {
        return timed(handle -> {
            try (Update delete = handle.createUpdate(DELETE_REACTIONS)) {
                return delete.bind("channel", channel)
                        .bind("before", before)
                        .bind("limit", rows)
                        .execute();
            }
        });
    }

    private interface Removal {
        int run(Handle handle);
    }

    private int timed(Removal removal) {
        long begin = System.nanoTime();
        int removed = database.transaction(removal::run);
        rows = System.nanoTime() - begin > TARGET_NANOS ? Math.max(MIN_ROWS, rows / 2) : Math.min(MAX_ROWS, rows * 2);
        return removed;
    }
}
