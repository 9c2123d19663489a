package chat.weir.http.routing;

import chat.weir.protocol.ErrorReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts JSON from and to bytes. */
public final class Json {
    public static final String MEDIA_TYPE = "application/json";

    private static final int MAX_NESTING = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(400)
                            // The parser caches field names, for all clients together.
                            .maxNameLength(256)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // With double, 10.00000000000000000001 would be rounded to the integer 10.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /**
     * Checks the media type of a request body.
     *
     * @throws ProblemException 415 if a body of this {@code Content-Type} is not JSON in UTF-8
     */
    public static void checkMediaType(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean isUtf8 = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("charset="))
                .allMatch(charset -> charset.matches("charset=\"?utf-8\"?"));
        if (!isUtf8 || !parts[0].strip().equals(Json.MEDIA_TYPE)) {
            throw new ProblemException(
                    HttpReason.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be JSON in UTF-8: Content-Type: application/json");
        }
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Parses a request body.
     *
     * @throws ProblemException 400 if it is not one JSON object in UTF-8
     */
    public static JsonFields object(byte[] utf8) {
        JsonNode node;
        try {
            // Decode first, because the parser would also detect UTF-16 and UTF-32.
            node = MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest(ErrorReason.NOT_JSON, "the body is not UTF-8");
        } catch (StreamConstraintsException e) {
            throw ProblemException.badRequest(
                    ErrorReason.NOT_JSON,
                    "the body is nested deeper than " + MAX_NESTING
                            + ", or contains a name or a number that is too long");
        } catch (JacksonException e) {
            throw ProblemException.badRequest(
                    ErrorReason.NOT_JSON, "the body is not JSON: " + firstLine(e.getOriginalMessage()));
        }
        if (!node.isObject()) {
            throw ProblemException.badRequest(ErrorReason.NOT_JSON, "the body must be a JSON object");
        }
        return new JsonFields(node);
    }

    /** Replaces everything but ASCII in the quoted input, which may contain incomplete characters. */
    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        int aside = line.indexOf(" (");
        return (aside < 0 ? line : line.substring(0, aside)).replaceAll("[^ -~]", "?");
    }
}
