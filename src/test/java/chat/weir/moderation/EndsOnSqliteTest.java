package chat.weir.moderation;

import chat.weir.database.DatabaseUrl;
import java.nio.file.Path;

class EndsOnSqliteTest extends EndsContract {

    @Override
    public DatabaseUrl address(Path directory) {
        return new DatabaseUrl("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
    }
}
