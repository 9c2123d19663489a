package chat.weir.protocol;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The known fields of one client envelope. The order does not matter; of duplicate fields the last one counts.
 *
 * <p>Threading: confined to the decoding of one frame.
 */
final class EnvelopeFields {
    static final int MAX_REF_CHARS = 64;

    /** The fields of all envelopes. */
    enum Field {
        TYPE("type"),
        REF("ref"),
        CHANNEL("channel"),
        USER("user"),
        RESUME("resume"),
        TEXT("text"),
        ID("id"),
        EMOJI("emoji"),
        REPLY_TO("replyTo"),
        BEFORE("before"),
        AFTER("after"),
        SINCE("since"),
        LIMIT("limit"),
        USERNAME("username"),
        PASSWORD("password"),
        TOKEN("token"),
        ROOM("room"),
        VALUE("value"),
        REASON("reason"),
        DURATION("duration"),
        ROLE("role");

        private static final Map<String, Field> BY_NAME =
                Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::wireName, f -> f));

        private final String wireName;

        Field(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** Placeholder for a number that is not an integer or too large. */
    private static final Object OTHER_NUMBER = new Object();

    /** Placeholder for a value that is not a string, number or boolean. */
    private static final Object OTHER = new Object();

    private final Map<Field, Object> values = new EnumMap<>(Field.class);

    /** Reads the value of a field; the parser is positioned at its name. */
    void read(String name, JsonParser parser) {
        JsonToken token = parser.nextToken();
        Field field = Field.BY_NAME.get(name);
        if (field != null && token == JsonToken.VALUE_NULL) {
            // Counts as absent, even if an earlier field of the same name had a value.
            values.remove(field);
        } else if (field != null) {
            values.put(field, value(token, parser));
        }
        parser.skipChildren();
    }

    /** Sets the value of a field that is a string. */
    void put(Field field, String value) {
        values.put(field, value);
    }

    private static Object value(JsonToken token, JsonParser parser) {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            OptionalLong whole = WholeNumber.parse(parser.getString());
            return whole.isPresent() ? (Object) whole.getAsLong() : OTHER_NUMBER;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return OTHER_NUMBER;
        }
        return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE ? token == JsonToken.VALUE_TRUE : OTHER;
    }

    boolean has(Field field) {
        return values.containsKey(field);
    }

    /**
     * A required string.
     *
     * @throws ChatException 400 if it is missing, not a string, or not valid Unicode
     */
    String string(Field field) {
        Object value = values.get(field);
        if (value == null) {
            throw missing(field);
        }
        if (!(value instanceof String string)) {
            throw malformed(ErrorReason.WRONG_TYPE, field, "must be a string");
        }
        if (hasLoneSurrogate(string)) {
            throw malformed(ErrorReason.INVALID_VALUE, field, "contains an unpaired surrogate");
        }
        if (string.indexOf('\0') >= 0) {
            // PostgreSQL cannot store it.
            throw malformed(ErrorReason.INVALID_VALUE, field, "must not contain U+0000");
        }
        return string;
    }

    /** An optional string; null if it is absent. */
    @Nullable
    String optionalString(Field field) {
        return has(field) ? string(field) : null;
    }

    /**
     * A required integer.
     *
     * @throws ChatException 400 if it is missing, not an integer, or out of range
     */
    long integer(Field field, long min, long max) {
        Object value = values.get(field);
        if (value == null) {
            throw missing(field);
        }
        if (!(value instanceof Long number) || number < min || number > max) {
            throw malformed(
                    value.equals(OTHER_NUMBER) || value instanceof Long
                            ? ErrorReason.INVALID_VALUE
                            : ErrorReason.WRONG_TYPE,
                    field,
                    "must be a whole number from " + min + " to " + max);
        }
        return number;
    }

    /** Like {@link #integer(Field, long, long)}, but optional. */
    long integer(Field field, long min, long max, long ifMissing) {
        return has(field) ? integer(field, min, max) : ifMissing;
    }

    /**
     * A required boolean.
     *
     * @throws ChatException 400 if it is missing or not a boolean
     */
    boolean bool(Field field) {
        Object value = values.get(field);
        if (value == null) {
            throw missing(field);
        }
        if (!(value instanceof Boolean bool)) {
            throw malformed(ErrorReason.WRONG_TYPE, field, "must be true or false");
        }
        return bool;
    }

    /** An optional channel id; null if it is absent. */
    @Nullable
    ChannelId channel(Field field) {
        if (!has(field)) {
            return null;
        }
        String id = string(field);
        try {
            return new ChannelId(id);
        } catch (ChatException e) {
            throw ChatException.malformed(e.reason(), e.text(), refOrNull());
        }
    }

    /** The error for a required field that is absent. */
    ChatException missing(Field field) {
        return malformed(ErrorReason.MISSING_FIELD, field, "is missing");
    }

    private ChatException malformed(ErrorReason reason, Field field, String what) {
        return ChatException.malformed(reason, field.wireName() + " " + what, refOrNull());
    }

    /**
     * The optional {@code ref}.
     *
     * @throws ChatException 400 if it is not a string or too long
     */
    @Nullable
    String ref() {
        if (!values.containsKey(Field.REF)) {
            return null;
        }
        String ref = string(Field.REF);
        if (ref.length() > MAX_REF_CHARS) {
            throw ChatException.malformed(
                    ErrorReason.TOO_LONG, "ref is longer than " + MAX_REF_CHARS + " characters", null);
        }
        return ref;
    }

    /** The {@code ref}, for an error about another field; null if it is absent or invalid. */
    @Nullable
    String refOrNull() {
        return values.get(Field.REF) instanceof String ref
                        && ref.length() <= MAX_REF_CHARS
                        && !hasLoneSurrogate(ref)
                        && ref.indexOf('\0') < 0
                ? ref
                : null;
    }

    /** JSON can contain an unpaired surrogate ({@code \\ud800}), but UTF-8 cannot, so it could not be delivered. */
    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
