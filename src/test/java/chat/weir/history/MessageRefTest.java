package chat.weir.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.protocol.UserName;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageRefTest {
    private static Author author(String name, long account) {
        return new Author(UserName.parse(name).orElseThrow(), account);
    }

    @Test
    void isTheSameWhateverTheNameOfAUser() {
        assertEquals(
                MessageRef.of(author("bob", Author.GUEST), 7, "1", "hi"),
                MessageRef.of(author("robert", Author.GUEST), 7, "1", "hi"));
        assertEquals(MessageRef.of(author("bob", 5), 0, "1", "hi"), MessageRef.of(author("robert", 5), 0, "1", "hi"));
        assertEquals(
                MessageRef.of(author("Bot", Author.BACKEND), 7, "1", "hi"),
                MessageRef.of(author("bot", Author.BACKEND), 7, "1", "hi"));
    }

    /** The value is stored, so another version of the server must calculate the same. */
    @Test
    void hasAHashThatNeverChanges() {
        assertEquals(
                5_105_031_418_914_498_610L,
                MessageRef.of(author("bob", Author.GUEST), 7, "1", "hi").hash());
    }

    @Test
    void differsForEachSenderRefAndText() {
        Set<MessageRef> all = new HashSet<>();
        for (String text : new String[] {"hi", "hi!", "Aa", "BB"}) {
            for (String ref : new String[] {"1", "2"}) {
                for (long owner : new long[] {7, 8, -7}) {
                    all.add(MessageRef.of(author("bob", Author.GUEST), owner, ref, text));
                    all.add(MessageRef.of(author("bot", Author.BACKEND), owner, ref, text));
                    all.add(MessageRef.of(author("other", Author.BACKEND), owner, ref, text));
                }
            }
        }
        // Aa and BB have the same hash code and length.
        assertEquals(3 * 2 * 9, all.size());
    }
}
