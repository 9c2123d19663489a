package chat.weir.history.sql;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.testing.PostgresServer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresMessageLogTest extends StoredRefsContract {
    private static DatabaseUrl address;
    private static Database database;

    @BeforeAll
    static void openDatabase() {
        address = PostgresServer.freshDatabase();
        database = Database.open(address);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @AfterEach
    void repair() {
        execute(repairStatements());
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    DatabaseUrl address() {
        return address;
    }

    @Override
    List<String> failureStatements() {
        return List.of(
                "CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'by a test'; END $$",
                "CREATE TRIGGER broken BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION broken()");
    }

    @Override
    List<String> repairStatements() {
        return List.of("DROP TRIGGER IF EXISTS broken ON message");
    }

    /** Creates a trigger that runs within COMMIT. */
    private void failCommits(String statement) {
        execute(List.of(
                "CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + statement
                        + "; RETURN NULL; END $$",
                "CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION broken()"));
    }

    @Test
    void failsMessagesWhoseCommitIsRefused() {
        failCommits("RAISE EXCEPTION 'by a test'");
        assertFailsAndContinues();
    }

    @Test
    void failsMessagesWhoseCommitIsUnknownAndNotStored() {
        failCommits("PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)");
        assertFailsAndContinues();
    }

    private void assertFailsAndContinues() {
        log().append(said.draft(FISHING, "lost"));
        said.await(1);
        assertTrue(said.failed().get(0).failure().contains("was not delivered: try again"));
        execute(repairStatements());
        append(FISHING, 2);
        assertEquals(said.storedIn(FISHING), all(FISHING));
        assertEquals(2, all(FISHING).size());
    }

    @Test
    void waitsForAnotherNodeThatAssignsIdsInTheChannel() {
        long last = append(FISHING, 1).get(0).id();
        database.transaction(handle -> {
            handle.execute("SELECT last_message_id FROM channel WHERE id = 'fishing' FOR UPDATE");
            log().append(said.draft(FISHING, "has to wait"));
            await().until(() ->
                    database.call(other -> other.createQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")
                                    .mapTo(Integer.class)
                                    .one()
                            > 0));
            return handle.execute("UPDATE channel SET last_message_id = ? WHERE id = 'fishing'", last + 1_000);
        });
        said.await(2);
        assertEquals(last + 1_001, said.storedIn(FISHING).get(1).id());
    }

    @Test
    void readsPagesByTheIndexAlone() {
        database.call(handle -> handle.execute(
                "INSERT INTO message (channel, id, sent_at, author, account, text) SELECT 'fishing', n, 0, 'bob', NULL,"
                        + " 'some text' FROM generate_series(1, 20000) AS n"));
        database.call(handle -> handle.execute("ANALYZE message"));
        String plan = database.call(handle -> handle.createQuery("EXPLAIN SELECT id, sent_at, author,"
                        + " account, text FROM message WHERE channel = 'fishing' AND id < 10000"
                        + " ORDER BY id DESC LIMIT 11")
                .mapTo(String.class)
                .collect(Collectors.joining("; ")));
        assertTrue(plan.contains("Index Scan Backward using message_pkey"), plan);
        assertTrue(plan.contains("Index Cond: ((channel = 'fishing'::text) AND (id < 10000))"), plan);
        assertTrue(!plan.contains("Sort"), plan);
    }

    @Test
    void findsPrivateChatsByTheirIndexAlone() {
        database.call(handle -> handle.execute(
                "INSERT INTO channel SELECT '@' || n || '-' || n + 1, 1" + " FROM generate_series(10000, 30000) AS n"));
        database.call(handle -> handle.execute("ANALYZE channel"));
        String plan = database.call(handle -> handle.createQuery("EXPLAIN " + ReaderQueries.CHATS_AS_SECOND)
                .bind("second", "-20000")
                .bind("after", "@1")
                .bind("limit", 10)
                .mapTo(String.class)
                .collect(Collectors.joining("; ")));
        assertTrue(plan.contains("using channel_private_chat"), plan);
        assertTrue(!plan.contains("Sort"), plan);
    }
}
