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
    void acceptsLettersDigitsAndMarksOfAnyScript(String typed) {
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
    void refusesOtherCharacters(String typed) {
        assertTrue(UserName.parse(typed).isEmpty());
    }

    @Test
    void trimsAndComposes() {
        assertEquals("Ren\u00e9", name("  Rene\u0301 ").value());
    }

    @Test
    void limitsANameTo32CodePoints() {
        String letter = "\ud835\udc1b";
        assertEquals(letter.repeat(32), name(letter.repeat(32)).value());
        assertTrue(UserName.parse(letter.repeat(33)).isEmpty());
        assertTrue(UserName.parse("e\u0301".repeat(32)).isPresent(), "counted after normalization");
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
        "ivy, i\u0307vy",
        "ivy, \u0131\u0307vy",
        "ivy, \u0130VY",
        "jim, j\u0307im",
        "jim, \u0237im",
        "hi, hi\u0307\u0307",
    })
    void treatsSpellingsOfANameAsEqual(String one, String other) {
        assertEquals(name(one).key(), name(other).key());
    }

    /** Unicode TR39, moderately restrictive: single scripts, mixed scripts, and scripts mixed with Latin. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob",
                "\u0438\u0432\u0430\u043d_1990",
                "\u0440\u0430\u0443", // all Cyrillic, although it looks Latin
                "\u03c3\u03bf\u03c6\u03af\u03b1",
                "\u5c71\u7530\u3055\u3093", // Han, Hiragana
                "\u5c71\u7530\u30bf\u30ed\u30fcT", // Han, Katakana, the sound mark of both, Latin
                "\uae40\u91d1Kim", // Hangul, Han, Latin
                "\u738b\u3105Wang", // Han, Bopomofo, Latin
                "ren\u00e9_\u0939\u093f\u0928\u094d\u0926\u0940", // Latin, Devanagari
                "mia_\u05de\u05d9\u05d4", // Latin, Hebrew
                "\u0e1a\u0e49\u0e32\u0e19-ban", // Thai, Latin
                "\u13e3\u13b3\u13a9", // all Cherokee
                "bob\u0661\u0662", // Arabic digits belong to no script
                "q\u0301\u0302\u0303",
                "Vi\u1ec7t",
                "\u0c95\u0ccb\u0c82", // Kannada: a vowel sign of three parts, and the anusvara
            })
    void acceptsScriptsThatAreWrittenTogether(String typed) {
        assertTrue(UserName.parseNew(typed).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b\u043eb", // Cyrillic o
                "\u0410lice", // Cyrillic A
                "\u0391lice", // Greek Alpha
                "p\u03bfet", // Greek omicron
                "\u0440\u03b1\u0443", // Cyrillic, Greek
                "\u0438\u0432\u0430\u043d_ivan",
                "bo\u13cf", // Cherokee
                "\u0905\u0b85", // Devanagari, Tamil
                "\uae40\u3055", // Hangul, Hiragana
                "\u3105\u3055", // Bopomofo, Hiragana
                "ab\u05d0\u0627", // Latin, Hebrew, Arabic
                "b\ud835\udfbcb", // Mathematical bold italic omicron, Greek by NFKC
                "\ud835\udf36lice",
                "\u0301bob",
                "\u0301\u0302",
                "q\u0301\u0302\u0303\u0304",
                "a\u0301\u0302\u0303\u0304",
                "\u1ec7\u0303\u0304",
                "bo\u0336b\u0336\u0337\u0338\u0335\u0334",
            })
    void refusesImitatingAndOverflowingNames(String typed) {
        assertTrue(UserName.parse(typed).isPresent(), "accepted, because older names may be like this");
        assertTrue(UserName.parseNew(typed).isEmpty());
    }

    @Test
    void distinguishesDifferentNames() {
        assertNotEquals(name("bob").key(), name("b0b").key());
        assertNotEquals(name("rene").key(), name("ren\u00e9").key());
    }
}
