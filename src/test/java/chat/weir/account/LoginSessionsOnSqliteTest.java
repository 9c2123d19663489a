package chat.weir.account;

import chat.weir.database.DatabaseUrl;
import java.nio.file.Path;

class LoginSessionsOnSqliteTest extends LoginSessionsContract {

    @Override
    public DatabaseUrl address(Path directory) {
        return new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
    }
}
