package chat.weir.account;

import chat.weir.database.Database;
import chat.weir.protocol.ChatException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * The deleted accounts whose messages are still being deleted, and how far that has got. This is stored, so that the
 * deletion continues after a restart.
 *
 * <p>All methods block on the database, and throw a {@link ChatException} 503 if it does not answer.
 *
 * <p>Threading: safe.
 */
public final class MessageDeletions {
    /** Until then, the last messages of the account's connections are stored: each waits for five seconds at most. */
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final Database database;
    private final Clock clock;

    public MessageDeletions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A deleted account, and how far the deletion of its messages has got.
     *
     * @param channel with {@code message}, the position of the last message that was checked; empty: not begun
     */
    public record Deletion(long account, String channel, long message) {}

    /** The first that may begin or continue now. */
    public Optional<Deletion> next() {
        return database.call(handle -> {
            try (Query query = handle.createQuery("SELECT account, channel, message FROM message_deletion"
                    + " WHERE requested_at <= :before ORDER BY requested_at, account LIMIT 1")) {
                return query.bind("before", clock.instant().minus(DELAY).getEpochSecond())
                        .map((row, context) -> new Deletion(row.getLong(1), row.getString(2), row.getLong(3)))
                        .findOne();
            }
        });
    }

    /** Stores the progress. */
    public void advance(Deletion to) {
        int unused = database.call(handle -> handle.execute(
                "UPDATE message_deletion SET channel = ?, message = ? WHERE account = ?",
                to.channel(),
                to.message(),
                to.account()));
    }

    /** All messages of the account are deleted. */
    public void finish(long account) {
        int unused = database.call(handle -> handle.execute("DELETE FROM message_deletion WHERE account = ?", account));
    }
}
