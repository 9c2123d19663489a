package chat.weir.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelIdTest {
    private static final long ONE = 35;
    private static final long OTHER = (1L << 53) - 1;

    @Test
    void isTheSameForTwoAccountsInAnyOrder() {
        ChannelId chat = ChannelId.between(OTHER, ONE);
        assertEquals(ChannelId.between(ONE, OTHER), chat);
        assertEquals("@z-2gosa7pa2gv", chat.value());
        assertTrue(chat.isPrivate());
        assertFalse(chat.isEphemeral());
    }

    @Test
    void belongsToTheTwoAccountsOnly() {
        ChannelId chat = ChannelId.between(ONE, OTHER);
        assertTrue(chat.isChatOf(ONE));
        assertTrue(chat.isChatOf(OTHER));
        assertEquals(OptionalLong.of(OTHER), chat.partner(ONE));
        assertEquals(OptionalLong.of(ONE), chat.partner(OTHER));
        assertEquals(OptionalLong.empty(), chat.partner(ONE + 1));
        assertFalse(chat.isChatOf(0));
        assertFalse(chat.isChatOf(ONE + 1));
        assertFalse(new ChannelId("z-2gosa7pa2gv").isChatOf(ONE), "a public channel belongs to no user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@2gosa7pa2gv-z", "@0z-2gosa7pa2gv", "@Z-2gosa7pa2gv", "@z-2gosa7pa2gv-1", "@z", "@z-", "@z/x"})
    void isNotTheChatInAnotherSpelling(String other) {
        assertFalse(new ChannelId(other).isChatOf(ONE));
    }

    @Test
    void distinguishesTemporaryFromPermanentChats() {
        ChannelId passing = ChannelId.ephemeral(new SecureRandom());
        assertTrue(passing.isPrivate());
        assertTrue(passing.isEphemeral());
        assertFalse(passing.isChatOf(ONE));
        assertFalse(new ChannelId("fishing").isPrivate());
        assertFalse(new ChannelId("fishing").isEphemeral());
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "@@a", "a@b", "@a//b", "@/a"})
    void refusesAnythingButAnIdAfterTheAt(String id) {
        assertThrows(ChatException.class, () -> new ChannelId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0939\u093f\u0928\u094d\u0926\u0940",
                "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd",
                "\u09ac\u09be\u0982\u09b2\u09be",
                "\u0e1a\u0e49\u0e32\u0e19",
                "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
                "a/q\u0301\u0302/b",
                "Vi\u1ec7t"
            })
    void acceptsMarksAfterALetter(String id) {
        assertEquals(id, new ChannelId(id).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0301",
                "\u0301a",
                "a/\u0301",
                "a-\u0301",
                "1\u20e3",
                "a\ufe0f",
                "a\u034fb",
                "a\u0301\ufe0f",
                "a\u200d",
                "a\u3164",
                "\u3164",
                "a\u115f",
                "a\u1160b",
                "a\uffa0",
                "@\u0301a"
            })
    void refusesMarksElsewhereAndInvisibleOnes(String id) {
        assertThrows(ChatException.class, () -> new ChannelId(id));
    }

    @ParameterizedTest
    @CsvSource({
        "caf\u00e9, cafe\u0301",
        "\uac00, \u1100\u1161",
        "Vi\u1ec7t, Vie\u0323\u0302t",
        "Vi\u1ec7t, Vie\u0302\u0323t",
        "\u00c5, \u212b",
    })
    void isTheSameInBothNormalForms(String composed, String decomposed) {
        assertEquals(new ChannelId(composed), new ChannelId(decomposed));
        assertEquals(composed, new ChannelId(decomposed).value());
    }

    @Test
    void limitsTheLengthOfTheNormalForm() {
        assertEquals(128, new ChannelId("e\u0301".repeat(64)).value().getBytes(UTF_8).length);
        assertThrows(ChatException.class, () -> new ChannelId("e\u0301".repeat(65)));
        assertThrows(ChatException.class, () -> new ChannelId("e\u0301".repeat(1_000_000)));
    }

    @Test
    void recognizesGeneratedIds() {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 1_000; i++) {
            ChannelId id = ChannelId.random(random);
            assertTrue(id.value().matches("[0-9a-zA-Z]{12}"));
            assertTrue(id.isGenerated());
        }
        for (String chosen : List.of(
                "fishingboats", "000000000000", "fishing", "a/b/c/d/e/f1", "\u0939\u093f\u0928\u094d\u0926\u0940")) {
            assertFalse(new ChannelId(chosen).isGenerated(), chosen);
        }
    }

    @Test
    void isNotPublicWithAnAt() {
        assertThrows(ChatException.class, () -> ChannelId.open("@z-1"));
        assertEquals("fishing", ChannelId.open("fishing").value());
    }
}
