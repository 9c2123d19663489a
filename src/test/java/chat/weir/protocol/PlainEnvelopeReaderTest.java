package chat.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.EnvelopeFields.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEnvelopeReaderTest {
    private static final int RANDOM_FRAMES = 200_000;

    /** Random frames consist of these, so that many of them are nearly valid. */
    private static final List<String> PIECES = List.of(
            "{", "}", "\"", ":", ",", " ", "\n", "\t", "\\", "\\n", "\\u0041", "[", "]", "1", "null", "true", "\u0001",
            "x");

    private static final List<String> STRINGS = List.of(
            "\"type\"",
            "\"text\"",
            "\"ref\"",
            "\"user\"",
            "\"other\"",
            "\"message\"",
            "\"\"",
            "\"gr\u00fc\u00dfe \ud83c\udfa3\"",
            "\"a\\\"b\"",
            "\"\u007f\"");

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable EnvelopeFields read(String json) {
        byte[] utf8 = utf8("xx" + json + "yy");
        return PlainEnvelopeReader.read(utf8, 2, utf8.length - 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message\",\"text\":\"gr\u00fc\u00dfe \ud83c\udfa3\"}",
                "\r\n\t { \"text\" : \"gr\u00fc\u00dfe \ud83c\udfa3\" ,\n \"type\" : \"message\" } ",
                "{\"text\":\"an earlier one\",\"type\":\"message\",\"text\":\"gr\u00fc\u00dfe \ud83c\udfa3\"}"
            })
    void readsStringsInAnyOrderAndLayout(String json) {
        EnvelopeFields fields = read(json);

        assertNotNull(fields);
        assertEquals("message", fields.string(Field.TYPE));
        assertEquals("gr\u00fc\u00dfe \ud83c\udfa3", fields.string(Field.TEXT));
        assertNull(fields.ref());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "null",
                "[\"type\"]",
                "{\"type\"",
                "{\"type\":",
                "{\"type\":\"ping",
                "{\"type\":\"ping\"",
                "{\"type\":\"ping\",",
                "{\"type\":\"ping\",}",
                "{\"type\":\"ping\"}}",
                "{\"type\":\"ping\"} x",
                "{\"type\"\"ping\"}",
                "{\"type\":\"ping\" \"ref\":\"1\"}",
                "{\"type\":\"ping\",\"other\":\"1\"}",
                "{\"type\":\"ping\",\"typ\":\"1\"}",
                "{\"type\":\"ping\",\"types\":\"1\"}",
                "{\"type\":\"pi\\u006eg\"}",
                "{\"ty\\u0070e\":\"ping\"}",
                "{\"type\":\"pi\nng\"}",
                "{\"type\":\"ping\",\"ref\":null}",
                "{\"type\":\"delete\",\"id\":7}",
                "{\"type\":\"setTestMode\",\"value\":true}",
                "{type:\"ping\"}",
                "{'type':'ping'}"
            })
    void leavesAllElseToTheParser(String json) {
        assertNull(read(json));
    }

    @Test
    void readsWhatTheParserReads() {
        Random random = new Random(20_261_128);
        EnvelopeReader parser = new EnvelopeReader();
        int read = 0;
        for (int i = 0; i < RANDOM_FRAMES; i++) {
            String json = randomJson(random);
            EnvelopeFields plain = read(json);
            if (plain != null) {
                byte[] utf8 = utf8(json);
                EnvelopeFields parsed = parser.parse(utf8, 0, utf8.length);
                for (Field field : Field.values()) {
                    assertEquals(parsed.optionalString(field), plain.optionalString(field), json);
                }
                read++;
            }
        }
        assertTrue(read > RANDOM_FRAMES / 20, "only " + read + " of the frames were plain");
    }

    /** An object of a few members, of which some have a random piece too many, or lack one. */
    private static String randomJson(Random random) {
        StringBuilder json = new StringBuilder("{");
        int members = 1 + random.nextInt(3);
        for (int i = 0; i < members; i++) {
            json.append(i == 0 ? "" : ",")
                    .append(any(STRINGS, random))
                    .append(':')
                    .append(any(STRINGS, random));
        }
        json.append('}');
        if (random.nextInt(3) == 0) {
            json.insert(random.nextInt(json.length() + 1), any(PIECES, random));
        }
        if (random.nextInt(6) == 0) {
            json.deleteCharAt(random.nextInt(json.length()));
        }
        return json.toString();
    }

    private static String any(List<String> strings, Random random) {
        return strings.get(random.nextInt(strings.size()));
    }
}
