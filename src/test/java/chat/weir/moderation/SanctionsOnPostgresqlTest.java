package chat.weir.moderation;

import chat.weir.database.DatabaseAddress;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;

class SanctionsOnPostgresqlTest extends SanctionsContract {

    @Override
    DatabaseAddress address(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
