package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.DatabaseUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ListingOnSqliteTest extends ListingContract {

    @Override
    public DatabaseUrl address(Path directory) {
        return new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
    }

    @Test
    void readsARangeOfTheIndex() {
        String plan = plan("EXPLAIN QUERY PLAN", "PRAGMA user_version");
        assertTrue(plan.contains("SEARCH account USING INDEX"), plan);
        assertTrue(plan.contains("(name_key>? AND name_key<?)"), plan);
    }
}
