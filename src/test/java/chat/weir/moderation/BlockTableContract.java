package chat.weir.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.UserName;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The behaviour of block lists on every engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BlockTableContract {
    private static final long ALICE = 1;
    private static final long CAROL = 2;

    private Database database;
    private BlockTable blocks;

    abstract DatabaseUrl address(Path directory);

    @BeforeAll
    void open(@TempDir Path directory) {
        database = Database.open(address(directory));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void makeAccounts() {
        database.call(handle -> handle.execute("DELETE FROM account"));
        insert(ALICE, "alice");
        insert(CAROL, "carol");
        blocks = new BlockTable(database);
    }

    private void insert(long id, String name) {
        database.call(handle -> handle.execute("INSERT INTO account"
                + " (id, name, name_key, password, password_version, role, created_at)"
                + " VALUES (" + id + ", '" + name + "', '" + name + "', '', 1, 'member', 0)"));
    }

    private static UserName name(String text) {
        return UserName.parse(text).orElseThrow();
    }

    @Test
    void storesTheBlocksOfEachAccount() {
        blocks.add(ALICE, name("Bob"));
        blocks.add(ALICE, name("BOB"));
        blocks.add(CAROL, name("dave"));
        assertEquals(Set.of("bob"), blocks.of(ALICE));
        assertEquals(Set.of("dave"), new BlockTable(database).of(CAROL));
        assertTrue(blocks.remove(ALICE, name("bOb")));
        assertFalse(blocks.remove(ALICE, name("bob")));
        assertEquals(Set.of(), blocks.of(ALICE));
        assertEquals(Set.of("dave"), blocks.of(CAROL));
    }

    @Test
    void isDeletedWithTheAccount() {
        blocks.add(ALICE, name("bob"));
        database.call(handle -> handle.execute("DELETE FROM account WHERE id = " + ALICE));
        assertEquals(Set.of(), blocks.of(ALICE));
    }

    @Test
    void limitsTheNumberOfBlocks() {
        database.transaction(handle -> {
            for (int i = 0; i < BlockTable.MAX; i++) {
                handle.execute("INSERT INTO block (account, name_key) VALUES (?, ?)", ALICE, "guest" + i);
            }
            return BlockTable.MAX;
        });
        blocks.add(ALICE, name("guest0"));
        ChatException refused = assertThrows(ChatException.class, () -> blocks.add(ALICE, name("bob")));
        assertEquals(ErrorCode.TOO_MANY, refused.code());
        blocks.remove(ALICE, name("guest0"));
        blocks.add(ALICE, name("bob"));
        assertEquals(BlockTable.MAX, blocks.of(ALICE).size());
    }
}
