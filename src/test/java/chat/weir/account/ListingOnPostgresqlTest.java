package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.DatabaseUrl;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ListingOnPostgresqlTest extends ListingContract {

    @Override
    public DatabaseUrl address(Path directory) {
        return PostgresServer.freshDatabase();
    }

    /** Sequential scans are disabled: PostgreSQL would prefer one for a small table. */
    @Test
    void readsARangeOfTheIndex() {
        String plan = plan("EXPLAIN", "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off");
        assertTrue(plan.contains("Index Scan using account_name_key_key"), plan);
        assertTrue(plan.contains("Index Cond: ((name_key >= 'bob'::text) AND (name_key < 'boc'::text))"), plan);
    }
}
