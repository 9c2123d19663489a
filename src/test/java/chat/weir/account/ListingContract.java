package chat.weir.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listing of accounts on every engine. */
abstract class ListingContract extends AccountFixture {
    /** A letter below and one above the surrogates; Java's strings sort them the other way round. */
    private static final String BELOW = "\ufa0e";

    private static final String BEYOND = "\ud840\udc00";

    private void registerAll(String... names) {
        for (int i = 0; i < names.length; i++) {
            accounts.register(names[i], PASSWORD, "192.0.2." + i, name -> {});
        }
    }

    private List<String> list(String prefix, String after, int limit) {
        return accounts.list(prefix, after, limit).stream()
                .map(account -> account.name().value())
                .toList();
    }

    @Test
    void sortsByNormalForm() {
        registerAll("carol", "Bob", "alice", "bobby", "\uff41dam");
        assertEquals(List.of("\uff41dam", "alice", "Bob", "bobby", "carol"), list("", "", 10));
    }

    @Test
    void listsAPrefixInAnySpelling() {
        registerAll("carol", "Bob", "alice", "bobby", "boc", "bo");
        assertEquals(List.of("Bob", "bobby"), list("bob", "", 10));
        assertEquals(List.of("Bob", "bobby"), list("BOB", "", 10));
        assertEquals(List.of("Bob", "bobby"), list("\uff42\uff4f\uff42", "", 10));
        assertEquals(List.of("bobby"), list("bobb", "", 10));
        assertEquals(List.of(), list("bobbyx", "", 10));
        assertEquals(List.of(), list("%", "", 10), "no name begins with it");
        assertEquals(List.of(), list("b_b", "", 10), "an underscore is an underscore");
    }

    @Test
    void pages() {
        registerAll("a1", "b1", "b2", "b3", "b4", "b5", "c1");
        List<String> all = new ArrayList<>();
        List<String> page = list("b", "", 2);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = list("b", page.get(page.size() - 1), 2);
        }
        assertEquals(List.of("b1", "b2", "b3", "b4", "b5"), all);
        assertEquals(List.of("b3"), list("b", "B2", 1));
        assertEquals(List.of("b1"), list("b", "a1", 1), "from before the prefix");
        assertEquals(List.of(), list("b", "c1", 1), "from after the prefix");
        assertEquals(List.of("b3"), list("b", "b20", 1), "after a name that does not exist");
        assertEquals(List.of("a1", "b1"), list("", "", 2));
        assertEquals(List.of("c1"), list("", "b5", 2));
        assertEquals(List.of("a1"), list("", "", -1), "which SQLite would take for no limit");
    }

    @Test
    void listsScriptsBeyondTheSurrogates() {
        registerAll("a" + BEYOND, "a" + BELOW, "az", "b", BELOW + "b", BEYOND + "a");
        assertEquals(List.of("az", "a" + BELOW, "a" + BEYOND), list("a", "", 10));
        assertEquals(List.of("a" + BEYOND), list("a", "a" + BELOW, 10));
        assertEquals(List.of("az", "a" + BELOW, "a" + BEYOND, "b", BELOW + "b", BEYOND + "a"), list("", "", 10));
        assertEquals(List.of(BEYOND + "a"), list(BEYOND, BELOW + "a", 10), "nothing between after and the prefix");
    }

    @Test
    void refusesAnInvalidStartName() {
        assertReply(ErrorCode.MALFORMED, () -> list("", "no name", 10));
    }

    /** The engine's query plan of a listing. */
    String plan(String explain, String setting) {
        return database.transaction(handle -> {
            handle.execute(setting);
            return handle.createQuery(explain + " " + AccountTable.LIST)
                    .bind("first", "bob")
                    .bind("end", "boc")
                    .bind("after", "bobby")
                    .bind("limit", 10)
                    .mapToMap()
                    .list()
                    .toString();
        });
    }
}
