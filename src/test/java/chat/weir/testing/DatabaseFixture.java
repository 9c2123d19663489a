package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real database, which is opened once per class. Subclasses empty it before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DatabaseFixture {
    protected Database database;

    public abstract DatabaseUrl address(Path directory);

    @BeforeAll
    public final void open(@TempDir Path directory) {
        database = Database.open(address(directory));
    }

    @AfterAll
    public final void close() {
        database.close();
    }

    public static ChatException assertReply(ErrorCode code, Runnable call) {
        ChatException reply = assertThrows(ChatException.class, call::run);
        assertEquals(code, reply.code(), reply.text());
        return reply;
    }
}
