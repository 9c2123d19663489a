package chat.weir.account;

import chat.weir.database.DatabaseUrl;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;

class MessageDeletionsOnPostgresqlTest extends MessageDeletionsContract {

    @Override
    public DatabaseUrl address(Path directory) {
        return PostgresServer.freshDatabase();
    }
}
