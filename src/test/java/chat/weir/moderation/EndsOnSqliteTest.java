package chat.weir.moderation;

import chat.weir.database.DatabaseAddress;
import java.nio.file.Path;

class EndsOnSqliteTest extends EndsContract {

    @Override
    DatabaseAddress address(Path directory) {
        return new DatabaseAddress("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
    }
}
