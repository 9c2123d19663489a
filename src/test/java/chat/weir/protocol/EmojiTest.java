package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The results are the same with every JDK. */
class EmojiTest {
    /** Code points, since the build's encoding must not matter. */
    private static String text(String codePoints) {
        return Arrays.stream(codePoints.split(" "))
                .map(one -> Character.toString(Integer.parseInt(one, 16)))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Thumbs up, grinning face, party popper, and emojis of Unicode 13, 14, 15.1 and 16.
                "1F44D",
                "1F600",
                "1F389",
                "1F978",
                "1FAE0",
                "1FA76",
                "1FAE9",
                // Not assigned when this was written: reserved for emojis.
                "1FAFF",
                // Shown as emojis because of U+FE0F, or with it although by default.
                "2764 FE0F",
                "A9 FE0F",
                "263A FE0F",
                "1F44D FE0F",
                // Skin tones.
                "1F44D 1F3FD",
                "261D 1F3FF",
                "1F3FB",
                // Flags: Germany, the rainbow, England.
                "1F1E9 1F1EA",
                "1F3F3 FE0F 200D 1F308",
                "1F3F4 E0067 E0062 E0065 E006E E0067 E007F",
                // A family, a kiss with skin tones, a couple without U+FE0F, a woman health worker.
                "1F468 200D 1F469 200D 1F467 200D 1F466",
                "1F469 1F3FB 200D 2764 FE0F 200D 1F48B 200D 1F468 1F3FF",
                "1F469 200D 2764 200D 1F468",
                "1F469 1F3FE 200D 2695 FE0F",
                // Keycaps.
                "31 FE0F 20E3",
                "23 FE0F 20E3",
                "2A FE0F 20E3",
            })
    void acceptsOneEmoji(String codePoints) {
        assertTrue(Emoji.isEmoji(text(codePoints)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Letters, digits, and keycaps without U+FE0F or without the cap.
                "61",
                "31",
                "31 20E3",
                "31 FE0F",
                "23",
                "61 FE0F",
                // Shown as text.
                "2764",
                "A9",
                "263A",
                "2764 FE0E",
                "1F44D FE0E",
                "2713",
                "1F5A2",
                // More than one.
                "1F44D 1F44D",
                "1F1E9 1F1EA 1F1E9 1F1EA",
                "1F44D 61",
                "20 1F44D",
                "1F44D 20",
                "1F44D A",
                // Incomplete flags, and skin tones and joiners with nothing to join.
                "1F1E9",
                "1F1E9 1F1EA 1F1E9",
                "1F3F4 E0067 E0062",
                "1F3F4 E007F",
                "1F389 1F3FD",
                "1F44D 1F3FD 1F3FD",
                "1F44D 200D",
                "200D 1F44D",
                "1F468 200D 200D 1F469",
                "1F468 200D 61",
                "FE0F",
                "200D",
                "20E3",
                // A combining mark on an emoji, a lone surrogate, a private-use character.
                "1F44D 301",
                "D83D",
                "E000",
            })
    void refusesEverythingElse(String codePoints) {
        assertFalse(Emoji.isEmoji(text(codePoints)));
    }

    @Test
    void refusesTheEmptyTextAndLongSequences() {
        assertFalse(Emoji.isEmoji(""));
        String sequence = text("1F468") + text("200D 1F468").repeat(10);
        assertEquals(Emoji.MAX_CHARS, sequence.length());
        assertTrue(Emoji.isEmoji(sequence));
        assertFalse(Emoji.isEmoji(sequence + text("FE0F")));
    }

    /** Newer JDKs know the properties: what they call an emoji is one here, and the other way round, if it is assigned. */
    @Test
    void agreesWithTheProperties() {
        Assumptions.assumeTrue(Runtime.version().feature() >= 25, "the properties are of another Unicode version");
        Pattern presented = property("Emoji_Presentation");
        Pattern emoji = property("Emoji");
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .filter(c -> !(c >= 0x1F1E6 && c <= 0x1F1FF))
                .forEach(c -> {
                    String one = Character.toString(c);
                    assertEquals(presented.matcher(one).matches(), Emoji.isEmoji(one), () -> Integer.toHexString(c));
                    assertEquals(
                            emoji.matcher(one).matches() && c > '9',
                            Emoji.isEmoji(one + '\uFE0F'),
                            () -> Integer.toHexString(c));
                });
    }

    /** Composed here, because the build's JDK may not know the property. */
    private static Pattern property(String name) {
        return Pattern.compile("\\p{Is" + name + "}");
    }
}
