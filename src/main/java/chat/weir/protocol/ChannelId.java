package chat.weir.protocol;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * The name of a channel: 1 to 128 bytes of UTF-8, letters and digits of any script, {@code - _ . ~}, and {@code /}
 * between segments none of which is empty, {@code .} or {@code ..}.
 *
 * <p>Threading: immutable.
 */
public record ChannelId(String value) {
    public static final int MAX_BYTES = 128;

    private static final String GENERATED_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int GENERATED_LENGTH = 12;

    /**
     * Checks the rules above.
     *
     * @throws ErrorReply 400 that names the rule which is broken
     */
    public ChannelId {
        if (value.isEmpty()) {
            throw bad("is empty");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw bad("is longer than " + MAX_BYTES + " bytes");
        }
        if (value.charAt(0) == '@') {
            throw bad("may not begin with @");
        }
        value.codePoints().filter(c -> !isAllowed(c)).findFirst().ifPresent(c -> {
            throw bad(String.format("has U+%04X in it; letters, digits, - _ . ~ and / are allowed", c));
        });
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw bad("has a segment that is empty, . or ..");
            }
        }
    }

    /** A fresh id for a client that named none: {@value #GENERATED_LENGTH} characters of {@code 0-9a-zA-Z}. */
    public static ChannelId random(RandomGenerator random) {
        StringBuilder id = new StringBuilder(GENERATED_LENGTH);
        for (int i = 0; i < GENERATED_LENGTH; i++) {
            id.append(GENERATED_ALPHABET.charAt(random.nextInt(GENERATED_ALPHABET.length())));
        }
        return new ChannelId(id.toString());
    }

    private static boolean isAllowed(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || "-_.~/".indexOf(codePoint) >= 0;
    }

    private static ErrorReply bad(String what) {
        return new ErrorReply(ErrorCode.MALFORMED, "the channel id " + what);
    }

    @Override
    public String toString() {
        return value;
    }
}
