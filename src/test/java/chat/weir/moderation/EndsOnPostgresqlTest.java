package chat.weir.moderation;

import chat.weir.database.DatabaseAddress;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;

class EndsOnPostgresqlTest extends EndsContract {

    @Override
    DatabaseAddress address(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
