package chat.weir.moderation;

import chat.weir.moderation.model.Subject;
import chat.weir.protocol.UserName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps a subject to the columns of a table. */
final class SubjectColumns {
    private SubjectColumns() {}

    static Map<String, @Nullable Object> columns(Subject subject) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("account", subject instanceof Subject.OfAccount account ? (Long) account.id() : null);
        columns.put("name", subject.name().value());
        columns.put("nameKey", subject.name().key());
        columns.put("address", subject instanceof Subject.OfGuest guest ? guest.address() : null);
        return columns;
    }

    static Subject of(ResultSet row) throws SQLException {
        UserName name = new UserName(row.getString("name"), row.getString("name_key"));
        long account = row.getLong("account");
        return account == 0
                ? new Subject.OfGuest(name, row.getString("address"))
                : new Subject.OfAccount(account, name);
    }
}
