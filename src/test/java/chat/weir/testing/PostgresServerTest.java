package chat.weir.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.protocol.ChatException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    private Path directory;

    @Test
    void goesOnWhereItWasStopped() {
        try (PostgresServer server = PostgresServer.startIn(directory)) {
            DatabaseUrl address = server.newDatabase();
            try (Database database = Database.open(address)) {
                database.call(
                        handle -> handle.execute("INSERT INTO channel (id, last_message_id) VALUES ('fishing', 7)"));
                server.stop();
                assertThrows(ChatException.class, () -> count(database));
                server.start();
                await().ignoreExceptions().until(() -> count(database) == 1);
            }
        }
    }

    private static int count(Database database) {
        return database.call(handle -> handle.createQuery("SELECT count(*) FROM channel")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void givesEachItsOwnDatabase() {
        try (Database one = Database.open(PostgresServer.freshDatabase());
                Database other = Database.open(PostgresServer.freshDatabase())) {
            one.call(handle -> handle.execute("INSERT INTO channel (id, last_message_id) VALUES ('fishing', 7)"));
            assertEquals(1, count(one));
            assertEquals(0, count(other));
        }
    }
}
