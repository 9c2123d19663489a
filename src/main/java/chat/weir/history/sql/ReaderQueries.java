package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.Author;
import chat.weir.history.Unread;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.protocol.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The queries for what a reader has not read yet. Each is a range of the primary key, except the one for private chats
 * by the second of their two accounts, which has an index of its own.
 *
 * <p>Threading: safe.
 */
record ReaderQueries(Database database) {
    /** Messages of authors that do not count must not make a query long. */
    private static final int MAX_SCANNED = 1_000;

    /** The condition repeats that of the index, which both engines use only then. */
    static final String CHATS_AS_SECOND = """
            SELECT id FROM channel
            WHERE ltrim(id, '@0123456789abcdefghijklmnopqrstuvwxyz') = :second
            AND id >= '@' AND id < 'A' AND id > :after AND last_message_id > 0
            ORDER BY id LIMIT :limit""";

    private static final String CHATS_AS_FIRST =
            "SELECT id FROM channel WHERE id > :after AND id < :end AND last_message_id > 0 ORDER BY id LIMIT :limit";

    long lastId(ChannelId channel) {
        return database.call(handle -> handle.createQuery("SELECT last_message_id FROM channel WHERE id = :channel")
                .bind("channel", channel.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    Unread unread(ChannelId channel, long id, Predicate<Author> isCounted) {
        return database.call(handle -> {
            long last = newest(handle, channel);
            int count = 0;
            long from = id;
            for (int scanned = 0; scanned < MAX_SCANNED && from < last && count < Unread.MAX_COUNT; ) {
                List<Entry> page = after(handle, channel, from);
                count += (int) page.stream()
                        .filter(entry -> isCounted.test(entry.author()))
                        .count();
                scanned += Unread.MAX_COUNT;
                from = page.size() < Unread.MAX_COUNT
                        ? last
                        : page.get(page.size() - 1).id();
            }
            return new Unread(last, Math.min(count, Unread.MAX_COUNT));
        });
    }

    private static long newest(Handle handle, ChannelId channel) {
        return handle.createQuery("SELECT id FROM message WHERE channel = :channel ORDER BY id DESC LIMIT 1")
                .bind("channel", channel.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    private record Entry(long id, Author author) {}

    private static List<Entry> after(Handle handle, ChannelId channel, long id) {
        try (Query query = handle.createQuery("SELECT id, author, account FROM message"
                + " WHERE channel = :channel AND id > :id ORDER BY id LIMIT :limit")) {
            // A guest's account is null, which reads as 0.
            return query.bind("channel", channel.value())
                    .bind("id", id)
                    .bind("limit", Unread.MAX_COUNT)
                    .map((row, context) ->
                            new Entry(row.getLong(1), new Author(name(row.getString(2)), row.getLong(3))))
                    .list();
        }
    }

    /** A stored name is always shown, even if it is no longer valid under the current rules. */
    static UserName name(String stored) {
        return UserName.parse(stored).orElseGet(() -> new UserName(stored, stored));
    }

    List<ChannelId> privateChats(long account, String after, int limit) {
        String id = Long.toString(account, Character.MAX_RADIX);
        String first = "@" + id + "-";
        return database.call(handle -> {
            // The character after the hyphen ends the range.
            List<ChannelId> found = new ArrayList<>(chats(handle.createQuery(CHATS_AS_FIRST)
                    .bind("after", Utf8Order.TEXTS.compare(after, first) > 0 ? after : first)
                    .bind("end", "@" + id + ".")
                    .bind("limit", limit)));
            found.addAll(chats(handle.createQuery(CHATS_AS_SECOND)
                    .bind("second", "-" + id)
                    .bind("after", after)
                    .bind("limit", limit)));
            return found.stream()
                    .filter(chat -> chat.isChatOf(account))
                    .sorted(Utf8Order.CHANNELS)
                    .limit(limit)
                    .toList();
        });
    }

    private static List<ChannelId> chats(Query query) {
        try (query) {
            return query.map((row, context) -> new ChannelId(row.getString(1))).list();
        }
    }
}
