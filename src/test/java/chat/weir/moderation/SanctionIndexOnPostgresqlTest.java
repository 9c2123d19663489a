package chat.weir.moderation;

import chat.weir.database.DatabaseUrl;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;

class SanctionIndexOnPostgresqlTest extends SanctionIndexContract {

    @Override
    public DatabaseUrl address(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
