package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {

    private static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob",
                "fishing_beast_5000",
                "a.b-c_d",
                "\u0438\u0432\u0430\u043d",
                "\u5f20\u4f1f",
                "\u0939\u093f\u0928\u094d\u0926\u0940",
                "7",
                "\ud835\udc1b\ud835\udc28\ud835\udc1b"
            })
    void takesLettersDigitsAndMarksOfAnyScript(String typed) {
        assertEquals(typed, name(typed).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "a b",
                "a@b",
                "<b>",
                "a\u0000",
                "a\u200bb",
                "\u202ebob",
                "\ud83c\udfa3",
                "a/b",
                "\ufe0f",
                "\u3164"
            })
    void refusesTheRest(String typed) {
        assertTrue(UserName.parse(typed).isEmpty());
    }

    @Test
    void trimsAndComposes() {
        assertEquals("Ren\u00e9", name("  Rene\u0301 ").value());
    }

    @Test
    void takes32CodePointsAndNotOneMore() {
        String letter = "\ud835\udc1b";
        assertEquals(letter.repeat(32), name(letter.repeat(32)).value());
        assertTrue(UserName.parse(letter.repeat(33)).isEmpty());
        assertTrue(UserName.parse("e\u0301".repeat(32)).isPresent(), "counted after composing");
        assertTrue(UserName.parse("b".repeat(33)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "bob, BOB",
        "bob, \uff42\uff4f\uff42",
        "bob, \ud835\udc1b\ud835\udc28\ud835\udc1b",
        "bob, b\ufe0fob",
        "bob, bo\u034fb",
        "stra\u00dfe, STRASSE",
        "\u03c3\u03bf\u03c6\u03cc\u03c2, \u03a3\u039f\u03a6\u038c\u03a3",
        "ren\u00e9, RENE\u0301",
        "fi, \ufb01",
        "stra\u00dfe, STRA\u1e9eE",
        "i, \u0131",
    })
    void takesSpellingsOfOneNameForOne(String one, String other) {
        assertEquals(name(one).key(), name(other).key());
    }

    @Test
    void keepsDifferentNamesApart() {
        assertNotEquals(name("bob").key(), name("b0b").key());
        assertNotEquals(name("rene").key(), name("ren\u00e9").key());
    }
}
