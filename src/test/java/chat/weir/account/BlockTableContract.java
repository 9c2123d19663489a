package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.UserName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behaviour of block lists on every engine. */
abstract class BlockTableContract extends AccountFixture {
    private long alice;
    private long carol;
    private BlockTable blocks;

    @BeforeEach
    void registerUsers() {
        alice = register("alice").id();
        carol = register("carol").id();
        blocks = new BlockTable(database);
    }

    private static UserName name(String text) {
        return UserName.parse(text).orElseThrow();
    }

    @Test
    void storesTheBlocksOfEachAccount() {
        blocks.add(alice, name("Bob"));
        blocks.add(alice, name("BOB"));
        blocks.add(carol, name("dave"));
        assertEquals(Set.of("bob"), blocks.of(alice));
        assertEquals(Set.of("dave"), new BlockTable(database).of(carol));
        assertTrue(blocks.remove(alice, name("bOb")));
        assertFalse(blocks.remove(alice, name("bob")));
        assertEquals(Set.of(), blocks.of(alice));
        assertEquals(Set.of("dave"), blocks.of(carol));
    }

    @Test
    void listsAccountsAsTheyAreWrittenAndGuestsInNormalForm() {
        register("Dave");
        blocks.add(alice, name("Guest"));
        blocks.add(alice, name("dave"));
        blocks.add(alice, name("CAROL"));
        blocks.add(carol, name("alice"));
        assertEquals(List.of("carol", "Dave", "guest"), blocks.names(alice));
    }

    @Test
    void isDeletedWithTheAccount() {
        blocks.add(alice, name("bob"));
        database.call(handle -> handle.execute("DELETE FROM account WHERE id = " + alice));
        assertEquals(Set.of(), blocks.of(alice));
    }

    @Test
    void limitsTheNumberOfBlocks() {
        database.transaction(handle -> {
            for (int i = 0; i < BlockTable.MAX; i++) {
                handle.execute("INSERT INTO block (account, name_key) VALUES (?, ?)", alice, "guest" + i);
            }
            return BlockTable.MAX;
        });
        blocks.add(alice, name("guest0"));
        ChatException refused = assertThrows(ChatException.class, () -> blocks.add(alice, name("bob")));
        assertEquals(ErrorCode.TOO_MANY, refused.code());
        blocks.remove(alice, name("guest0"));
        blocks.add(alice, name("bob"));
        assertEquals(BlockTable.MAX, blocks.of(alice).size());
    }
}
