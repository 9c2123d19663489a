package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelIdTest {
    private static final long ONE = 35;
    private static final long OTHER = (1L << 53) - 1;

    @Test
    void isTheSameForTwoAccountsWhicheverIsNamedFirst() {
        ChannelId chat = ChannelId.between(OTHER, ONE);
        assertEquals(ChannelId.between(ONE, OTHER), chat);
        assertEquals("@z-2gosa7pa2gv", chat.value());
        assertTrue(chat.isPrivate());
        assertFalse(chat.isPassing());
    }

    @Test
    void belongsToTheTwoAndNobodyElse() {
        ChannelId chat = ChannelId.between(ONE, OTHER);
        assertTrue(chat.isOf(ONE));
        assertTrue(chat.isOf(OTHER));
        assertFalse(chat.isOf(0));
        assertFalse(chat.isOf(ONE + 1));
        assertFalse(new ChannelId("z-2gosa7pa2gv").isOf(ONE), "an open channel is nobody's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@2gosa7pa2gv-z", "@0z-2gosa7pa2gv", "@Z-2gosa7pa2gv", "@z-2gosa7pa2gv-1", "@z", "@z-", "@z/x"})
    void hasOneSpelling(String other) {
        assertFalse(new ChannelId(other).isOf(ONE));
    }

    @Test
    void tellsChatsThatPassFromThoseThatLast() {
        ChannelId passing = ChannelId.passing(new SecureRandom());
        assertTrue(passing.isPrivate());
        assertTrue(passing.isPassing());
        assertFalse(passing.isOf(ONE));
        assertFalse(new ChannelId("fishing").isPrivate());
        assertFalse(new ChannelId("fishing").isPassing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "@@a", "a@b", "@a//b", "@/a"})
    void takesOneAtAndNothingButAnIdBehindIt(String id) {
        assertThrows(ErrorReply.class, () -> new ChannelId(id));
    }

    @Test
    void isNotOpenWithAnAt() {
        assertThrows(ErrorReply.class, () -> ChannelId.open("@z-1"));
        assertEquals("fishing", ChannelId.open("fishing").value());
    }
}
