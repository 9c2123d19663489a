package chat.weir.account;

import chat.weir.database.DatabaseAddress;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;

class LoginLimitsOnPostgresqlTest extends LoginLimitsContract {

    @Override
    DatabaseAddress address(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
