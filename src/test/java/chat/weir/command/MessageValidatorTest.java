package chat.weir.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageValidatorTest {
    private static final String SMILE = "\uD83D\uDE00";

    private final MessageValidator messageValidator = new MessageValidator(3);

    private ChatException refusal(String text) {
        return assertThrows(ChatException.class, () -> messageValidator.check(text, "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "abc", " a ", "a\n", "\u00e9\u00e9\u00e9"})
    void acceptsVisibleTextUpToTheLimit(String text) {
        assertDoesNotThrow(() -> messageValidator.check(text, "7"));
    }

    @Test
    void countsCodePoints() {
        assertDoesNotThrow(() -> messageValidator.check(SMILE + SMILE + SMILE, "7"));
        ChatException refusal = refusal(SMILE + SMILE + SMILE + SMILE);
        assertEquals(ErrorReason.TOO_LONG, refusal.reason());
        assertEquals("text is 4 characters long; at most 3 are taken", refusal.text());
    }

    @Test
    void refusesTextOverTheLimit() {
        ChatException refusal = refusal("abcd");
        assertEquals(ErrorReason.TOO_LONG, refusal.reason());
        assertEquals(ErrorCode.TEXT_TOO_LONG, refusal.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u200b", "\u00a0", "\u0301", "     "})
    void refusesInvisibleText(String text) {
        ChatException refusal = refusal(text);
        assertEquals(ErrorReason.EMPTY_TEXT, refusal.reason());
        assertEquals(ErrorCode.MALFORMED, refusal.code());
    }
}
