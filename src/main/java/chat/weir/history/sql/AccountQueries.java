package chat.weir.history.sql;

import chat.weir.database.Database;
import chat.weir.history.AccountMessages;
import chat.weir.history.Author;
import chat.weir.history.LogPosition;
import chat.weir.protocol.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds the messages of an account by reading all messages in the order of the primary key, a part at a time. An index
 * by account would make each insert slower, and is needed only when an account is deleted with its messages.
 *
 * <p>Threading: safe.
 */
record AccountQueries(Database database) {
    static final int MAX_SCANNED = 5_000;

    static final String SCAN = "SELECT channel, id, author, account FROM message"
            + " WHERE (channel, id) > (:channel, :id) ORDER BY channel, id LIMIT :limit";

    private record Row(LogPosition position, String author, long account) {}

    AccountMessages find(long account, LogPosition after, int limit) {
        List<Row> rows = database.call(handle -> {
            try (Query query = handle.createQuery(SCAN)) {
                // A guest's account is null, which reads as 0.
                return query.bind("channel", after.channel())
                        .bind("id", after.id())
                        .bind("limit", MAX_SCANNED)
                        .map((row, context) -> new Row(
                                new LogPosition(row.getString(1), row.getLong(2)), row.getString(3), row.getLong(4)))
                        .list();
            }
        });
        List<AccountMessages.Found> found = new ArrayList<>();
        for (Row row : rows) {
            if (row.account() == account) {
                found.add(new AccountMessages.Found(
                        new ChannelId(row.position().channel()),
                        row.position().id(),
                        new Author(ReaderQueries.name(row.author()), account)));
                if (found.size() == limit) {
                    return new AccountMessages(found, Optional.of(row.position()));
                }
            }
        }
        boolean isEnd = rows.size() < MAX_SCANNED;
        return new AccountMessages(
                found,
                isEnd ? Optional.empty() : Optional.of(rows.get(rows.size() - 1).position()));
    }
}
