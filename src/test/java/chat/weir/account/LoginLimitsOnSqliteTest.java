package chat.weir.account;

import chat.weir.database.DatabaseAddress;
import java.nio.file.Path;

class LoginLimitsOnSqliteTest extends LoginLimitsContract {

    @Override
    DatabaseAddress address(Path directory) {
        return new DatabaseAddress("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
    }
}
