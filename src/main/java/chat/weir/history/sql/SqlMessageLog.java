package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.AccountMessages;
import chat.weir.history.Author;
import chat.weir.history.EventDraft;
import chat.weir.history.LogEvent;
import chat.weir.history.LogPosition;
import chat.weir.history.MessageLog;
import chat.weir.history.Page;
import chat.weir.history.PageBuilder;
import chat.weir.history.StoredChange;
import chat.weir.history.StoredMessage;
import chat.weir.history.Unread;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.Reactions;
import chat.weir.protocol.Utf8Order;
import chat.weir.supervision.Progress;
import chat.weir.supervision.ServiceThread;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores messages in a database. A dedicated thread stores all queued messages in one transaction: a commit costs one
 * disk sync, whether it contains one message or a thousand. The table is clustered by channel and id, so a page is a
 * range of it.
 *
 * <p>Threading: safe.
 */
public final class SqlMessageLog implements MessageLog {
    private static final Logger log = LoggerFactory.getLogger(SqlMessageLog.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private static final String SELECT =
            "SELECT id, sent_at, author, account, text, reply_to, edited_at, reactions FROM message"
                    + " WHERE channel = :channel AND ";

    /** The text is the current one. Of a deleted message, only the deletion is selected. */
    private static final String SELECT_CHANGES = "SELECT c.seq, c.changed_at, c.author, c.account, c.kind, c.message,"
            + " m.text, c.emoji FROM message_change c LEFT JOIN message m ON m.channel = c.channel AND m.id = c.message"
            + " WHERE c.channel = :channel AND c.seq > :seq AND (c.kind = 'delete' OR m.id IS NOT NULL)"
            + " ORDER BY c.seq LIMIT :limit";

    /** The first character of the ids of private chats. */
    private static final String PRIVATE_CHATS = "@";

    private static final String AFTER_ALL = Character.toString(Character.MAX_CODE_POINT);
    private static final String AFTER_PRIVATE_CHATS = PRIVATE_CHATS + AFTER_ALL;

    private final Database database;
    private final ReaderQueries readerQueries;
    private final AccountQueries accountQueries;
    private final MessageRetention retention;
    private final DraftQueue queue;
    private final GroupCommitLoop loop;
    private final ServiceThread thread;

    /**
     * Starts the log thread.
     *
     * @param clock for ids and timestamps
     * @param nanoTime a monotonic clock, to time out drafts
     * @param draftCallbacks reports the outcome to drafts
     */
    public SqlMessageLog(
            Database database, Clock clock, LongSupplier nanoTime, LogLimits limits, DraftCallbacks draftCallbacks) {
        this.database = database;
        this.readerQueries = new ReaderQueries(database);
        this.accountQueries = new AccountQueries(database);
        this.retention = new MessageRetention(database);
        this.queue = new DraftQueue(limits, nanoTime);
        BatchTransaction writer = new BatchTransaction(database, clock, new StoredRefs(nanoTime, limits.refs()));
        this.loop = new GroupCommitLoop(queue, writer, draftCallbacks, nanoTime);
        this.thread = new ServiceThread("weir-log", loop);
        thread.start();
    }

    /** The progress of the log thread, for the watchdog. */
    public Progress progress() {
        return loop.progress();
    }

    /** @throws ChatException also 400 for a text with U+0000, which PostgreSQL cannot store */
    @Override
    public void append(EventDraft draft) {
        if (draft.text().indexOf(0) >= 0) {
            throw new ChatException(ErrorReason.INVALID_VALUE, "the text must not contain U+0000");
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

    /**
     * Reads the messages first: what is published when this begins is then in both results. Reads last up to which number
     * events have been removed, because they may be removed meanwhile.
     */
    @Override
    public Optional<List<LogEvent>> since(ChannelId channel, long seq, int max) {
        List<LogEvent> events = new ArrayList<>(select("id > :id ORDER BY id", channel, seq, max));
        if (events.size() > max) {
            return Optional.empty();
        }
        List<StoredChange> changes = database.call(handle -> changes(handle, channel, seq, max));
        events.addAll(changes);
        if (events.size() > max || eventsRemovedTo(channel) > seq) {
            return Optional.empty();
        }
        if (!changes.isEmpty()) {
            events.sort(Comparator.comparingLong(LogEvent::seq));
        }
        return Optional.of(events);
    }

    private static List<StoredChange> changes(Handle handle, ChannelId channel, long seq, int limit) {
        try (Query query = handle.createQuery(SELECT_CHANGES)) {
            return query.bind("channel", channel.value())
                    .bind("seq", seq)
                    .bind("limit", limit + 1)
                    .map((row, context) -> new StoredChange(
                            row.getLong(1),
                            row.getLong(2),
                            author(row),
                            ChangeStatements.change(
                                    row.getString(5), row.getLong(6), row.getString(7), row.getString(8))))
                    .list();
        }
    }

    /** The number of the last message or change that was removed because it was old; 0: none. */
    private long eventsRemovedTo(ChannelId channel) {
        return database.call(handle -> {
            try (Query query = handle.createQuery("SELECT changes_removed_to FROM channel WHERE id = :channel")) {
                return query.bind("channel", channel.value())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L);
            }
        });
    }

    @Override
    public Optional<StoredMessage> find(ChannelId channel, long id) {
        return select("id = :id", channel, id, 1).stream().findFirst();
    }

    /** Selects one row more than the limit, which tells whether there are more. */
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
        // Null reads as 0, which is StoredMessage.NONE.
        String reactions = row.getString(8);
        return new StoredMessage(
                row.getLong(1),
                row.getLong(2),
                author(row),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                reactions == null ? Reactions.NONE : Reactions.parse(reactions));
    }

    /** A guest's account is null, which reads as 0. */
    private static Author author(ResultSet row) throws SQLException {
        return new Author(ReaderQueries.name(row.getString(3)), row.getLong(4));
    }

    /** Uses two ranges to skip the ids of private chats. */
    @Override
    public List<ChannelId> channels(String after, int limit) {
        return database.call(handle -> {
            List<ChannelId> found = new ArrayList<>();
            if (Utf8Order.TEXTS.compare(after, PRIVATE_CHATS) < 0) {
                found.addAll(channels(handle, after, PRIVATE_CHATS, limit));
            }
            if (found.size() < limit) {
                String from = Utf8Order.TEXTS.compare(after, AFTER_PRIVATE_CHATS) < 0 ? AFTER_PRIVATE_CHATS : after;
                found.addAll(channels(handle, from, AFTER_ALL, limit - found.size()));
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
    public long lastId(ChannelId channel) {
        return readerQueries.lastId(channel);
    }

    @Override
    public Unread unread(ChannelId channel, long id, Predicate<Author> isCounted) {
        return readerQueries.unread(channel, id, isCounted);
    }

    @Override
    public List<ChannelId> privateChats(long account, String after, int limit) {
        return readerQueries.privateChats(account, after, limit);
    }

    @Override
    public AccountMessages messagesOf(long account, LogPosition after, int limit) {
        return accountQueries.find(account, after, limit);
    }

    @Override
    public boolean removeSomeBefore(long id) {
        return retention.step(id);
    }

    @Override
    public Optional<String> problem() {
        return loop.problem();
    }

    @Override
    public void close() {
        queue.close();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("the message log was closed before all queued messages were stored");
            loop.stop();
        }
    }
}
