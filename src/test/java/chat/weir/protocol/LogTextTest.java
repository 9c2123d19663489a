package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, '\t', '\n', '\r', 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028,
                0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xFFF9, 0xD800, 0xDFFF, 0xE000, 0xE0001, 0xFFFF,
                0x10FFFF
            })
    void replacesLineBreaksAndBidiControls(int codePoint) {
        assertEquals("a?b", LogText.of("a" + Character.toString(codePoint) + "b"));
        assertEquals("a?b", LogText.line("a" + Character.toString(codePoint) + "b"));
    }

    @Test
    void replacesDelimitersInAValue() {
        assertEquals("a?b?", LogText.of("a\"b\\"));
        assertEquals("reason=\"a\"", LogText.line("reason=\"a\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fishing", "caf\u00e9 \u0915\u094d \uD83D\uDC1F", "a b"})
    void keepsReadableText(String text) {
        assertEquals(text, LogText.of(text));
    }

    @Test
    void isEmptyForNull() {
        assertEquals("", LogText.of(null));
    }
}
