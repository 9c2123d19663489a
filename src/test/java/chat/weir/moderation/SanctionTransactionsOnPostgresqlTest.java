package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.moderation.model.SanctionType;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SanctionTransactionsOnPostgresqlTest extends SanctionTransactionsContract {

    @Override
    public DatabaseUrl address(Path directory) {
        return PostgresServer.freshDatabase();
    }

    @Test
    void continuesAfterAnOutage(@TempDir Path directory) {
        try (PostgresServer server = PostgresServer.startIn(directory);
                Database own = Database.open(server.newDatabase())) {
            Moderation at = node(own, 100);
            at.put(SanctionType.BAN, ADMIN, ALICE, IN_FISHING, forGood(""));
            server.stop();
            assertReply(ErrorCode.UNAVAILABLE, () -> at.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood("")));
            assertTrue(isBanned(at, ALICE, IN_FISHING));
            assertFalse(isBanned(at, BOB, IN_FISHING));
            server.start();
            // The first attempts may use stale connections.
            Awaitility.await()
                    .ignoreException(ChatException.class)
                    .until(() -> at.put(SanctionType.BAN, ADMIN, BOB, IN_FISHING, forGood(""))
                                    .id()
                            == 2);
            assertTrue(isBanned(node(own, 100), BOB, IN_FISHING));
        }
    }
}
