package chat.weir.moderation;

import chat.weir.database.DatabaseAddress;
import java.nio.file.Path;

class MeasuresOnSqliteTest extends MeasuresContract {

    @Override
    DatabaseAddress address(Path directory) {
        return new DatabaseAddress("jdbc:sqlite:" + directory.resolve("weir.db"), "", "");
    }
}
