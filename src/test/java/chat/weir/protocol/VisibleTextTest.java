package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                ' ', '\t', '\n', 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x180E, 0x180B,
                0x2003, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202E, 0x205F, 0x2060, 0x2064, 0x2065, 0x2800, 0x3000,
                0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFFE, 0x0301, 0x20E3, 0x0E49, 0x1D159, 0x1D173, 0xE0001,
                0xE0041, 0xE0100, 0xE0FFF, 0x1FFFF
            })
    void isInvisible(int codePoint) {
        String alone = Character.toString(codePoint);
        assertFalse(VisibleText.isVisible(alone));
        assertFalse(VisibleText.isVisible(alone.repeat(3)));
        assertFalse(VisibleText.isVisible(" \u200b" + alone + "\u3164"));
        assertTrue(VisibleText.isVisible(alone + "."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".",
                "\u0e49\u0e1a",
                "\ud83c\udfa3",
                "\u2764\ufe0f",
                "1\ufe0f\u20e3",
                "\ud83c\udde9\ud83c\uddea",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc7f",
                "\ud83c\udffd",
                "\u2801",
                "\ufffd",
                "\ue000",
                "\ud83e\udee8"
            })
    void isVisible(String text) {
        assertTrue(VisibleText.isVisible(text));
        assertTrue(VisibleText.isVisible(" \u2060" + text));
    }

    @Test
    void isInvisibleIfEmpty() {
        assertFalse(VisibleText.isVisible(""));
    }

    /** Guards against classifying letters, digits and symbols as invisible. */
    @Test
    void hidesFewLettersAndSymbols() {
        long hidden = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.isLetterOrDigit(c) || Character.getType(c) == Character.OTHER_SYMBOL)
                .filter(c -> !VisibleText.isVisible(Character.toString(c)))
                .count();
        assertEquals(6, hidden);
    }
}
