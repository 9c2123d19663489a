package chat.weir.moderation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {
    @Test
    void countsCodePoints() {
        assertEquals(
                500, new Reason("\ud83d\udc1f".repeat(500)).text().codePoints().count());
        assertRefused("x".repeat(501));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\ud83d"})
    void refusesWhatCannotBeStored(String text) {
        assertRefused(text);
    }

    private static void assertRefused(String text) {
        ChatException refusal = assertThrows(ChatException.class, () -> new Reason(text));
        assertEquals(ErrorCode.MALFORMED, refusal.code());
    }
}
