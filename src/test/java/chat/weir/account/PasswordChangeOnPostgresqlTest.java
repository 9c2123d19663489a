package chat.weir.account;

import chat.weir.database.DatabaseAddress;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;

class PasswordChangeOnPostgresqlTest extends PasswordChangeContract {

    @Override
    DatabaseAddress address(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
