package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.Author;
import chat.weir.history.MessageDraft;
import chat.weir.history.MessageLog;
import chat.weir.history.Page;
import chat.weir.history.PageBuilder;
import chat.weir.history.StoredMessage;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import chat.weir.supervision.Progress;
import chat.weir.supervision.ServiceThread;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages in a database. A thread of its own stores all that waits in one transaction: a commit costs a disk a
 * sync whether it holds one message or a thousand. A page is a range of the table, which is in the order of its key.
 *
 * <p>Threading: safe.
 */
public final class SqlMessageLog implements MessageLog {
    private static final Logger log = LoggerFactory.getLogger(SqlMessageLog.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private static final String SELECT =
            "SELECT id, sent_at, author, account, text FROM message WHERE channel = :channel AND ";

    /** Where private chats begin and end in the order of the ids. */
    private static final String PRIVATE_CHATS = "@";

    private static final String BEHIND_ALL = Character.toString(Character.MAX_CODE_POINT);
    private static final String BEHIND_PRIVATE_CHATS = PRIVATE_CHATS + BEHIND_ALL;

    private final Database database;
    private final DraftQueue queue;
    private final GroupCommitLoop loop;
    private final ServiceThread thread;

    /**
     * Starts the thread.
     *
     * @param clock gives ids and timestamps
     * @param nanoTime a clock that is never set, by which a draft that has waited too long is failed
     * @param draftCallbacks tells drafts what became of them
     */
    public SqlMessageLog(
            Database database, Clock clock, LongSupplier nanoTime, LogLimits limits, DraftCallbacks draftCallbacks) {
        this.database = database;
        this.queue = new DraftQueue(limits, nanoTime);
        this.loop = new GroupCommitLoop(queue, new BatchTransaction(database, clock), draftCallbacks, nanoTime);
        this.thread = new ServiceThread("weir-log", loop);
        thread.start();
    }

    /** The thread that stores, for the watchdog. */
    public Progress progress() {
        return loop.progress();
    }

    /** @throws ChatException also 400 for a text with U+0000 in it, which PostgreSQL cannot store */
    @Override
    public void append(MessageDraft draft) {
        if (draft.text().indexOf(0) >= 0) {
            throw new ChatException(ErrorReason.INVALID_VALUE, "the text has U+0000 in it, which cannot be stored");
        }
        queue.add(draft);
    }

    @Override
    public Page before(ChannelId channel, long id, int limit) {
        return PageBuilder.newestFirst(select("id < :id ORDER BY id DESC", channel, id, limit), limit);
    }

    @Override
    public Page after(ChannelId channel, long id, int limit) {
        return PageBuilder.oldestFirst(select("id > :id ORDER BY id", channel, id, limit), limit);
    }

    @Override
    public Optional<List<StoredMessage>> since(ChannelId channel, long id, int max) {
        Page page = after(channel, id, max);
        return page.hasMore() ? Optional.empty() : Optional.of(page.messages());
    }

    @Override
    public Optional<StoredMessage> find(ChannelId channel, long id) {
        return select("id = :id", channel, id, 1).stream().findFirst();
    }

    /** One more than asked for, which tells whether there are more. */
    private List<StoredMessage> select(String condition, ChannelId channel, long id, int limit) {
        return database.call(handle -> {
            try (Query query = handle.createQuery(SELECT + condition + " LIMIT :limit")) {
                return query.bind("channel", channel.value())
                        .bind("id", id)
                        .bind("limit", limit + 1)
                        .map(SqlMessageLog::message)
                        .list();
            }
        });
    }

    private static StoredMessage message(ResultSet row, StatementContext context) throws SQLException {
        // A guest's account is null, which reads as 0.
        Author author = new Author(name(row.getString(3)), row.getLong(4));
        return new StoredMessage(row.getLong(1), row.getLong(2), author, row.getString(5));
    }

    /** What was a name once is shown as one, whatever the rules for names are by now. */
    private static UserName name(String stored) {
        return UserName.parse(stored).orElseGet(() -> new UserName(stored, stored));
    }

    @Override
    public boolean delete(ChannelId channel, long id) {
        return database.call(
                handle -> handle.execute("DELETE FROM message WHERE channel = ? AND id = ?", channel.value(), id) > 0);
    }

    /** Two ranges, so that private chats, however many, cost nothing. */
    @Override
    public List<ChannelId> channels(String after, int limit) {
        return database.call(handle -> {
            List<ChannelId> found = new ArrayList<>();
            if (Utf8Order.TEXTS.compare(after, PRIVATE_CHATS) < 0) {
                found.addAll(channels(handle, after, PRIVATE_CHATS, limit));
            }
            if (found.size() < limit) {
                String from = Utf8Order.TEXTS.compare(after, BEHIND_PRIVATE_CHATS) < 0 ? BEHIND_PRIVATE_CHATS : after;
                found.addAll(channels(handle, from, BEHIND_ALL, limit - found.size()));
            }
            return found;
        });
    }

    private static List<ChannelId> channels(Handle handle, String after, String end, int limit) {
        try (Query query = handle.createQuery("SELECT id FROM channel WHERE id > :after AND id < :end"
                + " AND last_message_id > 0 ORDER BY id LIMIT :limit")) {
            return query.bind("after", after)
                    .bind("end", end)
                    .bind("limit", limit)
                    .map((row, context) -> new ChannelId(row.getString(1)))
                    .list();
        }
    }

    @Override
    public Optional<String> problem() {
        return loop.problem();
    }

    @Override
    public void close() {
        queue.close();
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("the message log was closed before all that waited was stored");
            loop.stop();
        }
    }
}
