package chat.weir.protocol;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The id of a channel: 1 to 128 bytes of UTF-8. Allowed are letters and digits of any script, combining marks after a
 * letter, {@code - _ . ~}, and {@code /} between segments that are not empty, {@code .} or {@code ..}. The id is
 * normalised to NFC, so that equivalent spellings are the same channel.
 *
 * <p>A leading {@code @} marks a private chat, which only two users may join. The private chat of two accounts is
 * {@code @x-y} with the account ids in base 36, the smaller first. So it is always the same, and its members are known
 * from the id alone. The private chat with a guest is {@code @} and {@value #EPHEMERAL_LENGTH} random characters of
 * {@code 0-9a-zA-Z}.
 *
 * <p>Threading: immutable.
 */
public record ChannelId(String value) {
    public static final int MAX_BYTES = 128;

    /** NFC never shrinks text by more than this factor, so longer input need not be normalised. */
    private static final int MAX_CHARS_BEFORE_NFC = MAX_BYTES * 4;

    private static final String GENERATED_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int GENERATED_LENGTH = 12;
    private static final int CHECK_LENGTH = 3;
    private static final int EPHEMERAL_LENGTH = 22;
    private static final char PRIVATE = '@';
    private static final char SEPARATOR = '-';
    private static final Pattern ACCOUNTS = Pattern.compile("@([0-9a-z]{1,11})-([0-9a-z]{1,11})");

    /**
     * Checks the rules above.
     *
     * @throws ChatException 400 with the rule that the id breaks
     */
    public ChannelId {
        if (value.isEmpty()) {
            throw invalid("is empty");
        }
        if (value.length() > MAX_CHARS_BEFORE_NFC) {
            throw invalid("is longer than " + MAX_BYTES + " bytes");
        }
        value = normalize(value);
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid("is longer than " + MAX_BYTES + " bytes");
        }
        String plain = value.charAt(0) == PRIVATE ? value.substring(1) : value;
        checkCharacters(plain);
        for (String segment : plain.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw invalid("contains a segment that is empty, . or ..");
            }
        }
    }

    private static String normalize(String value) {
        for (int i = 0; i < value.length(); i++) {
            // Texts below U+0300 are always in NFC.
            if (value.charAt(i) >= 0x300) {
                return Normalizer.normalize(value, Normalizer.Form.NFC);
            }
        }
        return value;
    }

    private static void checkCharacters(String plain) {
        int previous = '/';
        for (int i = 0; i < plain.length(); i += Character.charCount(previous)) {
            int c = plain.codePointAt(i);
            if (!isAllowed(c) && !(isVisibleMark(c) && (Character.isLetter(previous) || isVisibleMark(previous)))) {
                throw invalid(String.format(
                        "contains U+%04X; letters, marks after a letter, digits, - _ . ~ and / are allowed", c));
            }
            previous = c;
        }
    }

    /**
     * The id of a public channel.
     *
     * @throws ChatException 400 as in the constructor, and for the id of a private chat
     */
    public static ChannelId open(String value) {
        ChannelId id = new ChannelId(value);
        if (id.isPrivate()) {
            throw invalid("must not begin with @");
        }
        return id;
    }

    /**
     * Generates an id: {@value #GENERATED_LENGTH} characters of {@code 0-9a-zA-Z}, of which the last {@value
     * #CHECK_LENGTH} are a checksum, for {@link #isGenerated}.
     */
    public static ChannelId random(RandomGenerator random) {
        String chosen = letters(GENERATED_LENGTH - CHECK_LENGTH, random);
        return new ChannelId(chosen + check(chosen));
    }

    /**
     * Whether the server generated this id. This works for every node and after a restart, because it is derived from
     * the id alone. The length is not enough: {@code fishingboats} has it, too. Of chosen ids with that length, one in
     * 238,000 is mistaken for a generated one. Rejected: a database column, which does not exist for channels without
     * history and servers without a database.
     */
    public boolean isGenerated() {
        return value.length() == GENERATED_LENGTH
                && value.endsWith(check(value.substring(0, GENERATED_LENGTH - CHECK_LENGTH)));
    }

    private static String check(String chosen) {
        CRC32 crc = new CRC32();
        crc.update(chosen.getBytes(StandardCharsets.UTF_8));
        long rest = crc.getValue();
        StringBuilder check = new StringBuilder(CHECK_LENGTH);
        for (int i = 0; i < CHECK_LENGTH; i++) {
            check.append(GENERATED_ALPHABET.charAt((int) (rest % GENERATED_ALPHABET.length())));
            rest /= GENERATED_ALPHABET.length();
        }
        return check.toString();
    }

    /** Generates the id of a private chat that ends when both members have left. */
    public static ChannelId ephemeral(RandomGenerator random) {
        return new ChannelId(PRIVATE + letters(EPHEMERAL_LENGTH, random));
    }

    /** The id of the private chat of two accounts, in either order. */
    public static ChannelId between(long account, long other) {
        return new ChannelId(PRIVATE
                + Long.toString(Math.min(account, other), Character.MAX_RADIX)
                + SEPARATOR
                + Long.toString(Math.max(account, other), Character.MAX_RADIX));
    }

    private static String letters(int length, RandomGenerator random) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append(GENERATED_ALPHABET.charAt(random.nextInt(GENERATED_ALPHABET.length())));
        }
        return letters.toString();
    }

    /** Whether only two users may join. */
    public boolean isPrivate() {
        return value.charAt(0) == PRIVATE;
    }

    /** Whether this is a private chat with a guest: its history ends with it. */
    public boolean isEphemeral() {
        return isPrivate() && value.indexOf(SEPARATOR) < 0;
    }

    /** Whether this is a private chat of the account with another account. */
    public boolean isChatOf(long account) {
        return partner(account).isPresent();
    }

    /** The other account of a private chat of two accounts; empty if this is not such a chat of the account. */
    public OptionalLong partner(long account) {
        Matcher ids = ACCOUNTS.matcher(value);
        if (!ids.matches()) {
            return OptionalLong.empty();
        }
        long one = Long.parseLong(ids.group(1), Character.MAX_RADIX);
        long other = Long.parseLong(ids.group(2), Character.MAX_RADIX);
        // Only the canonical form: with another spelling, the two accounts would have a second chat.
        boolean isOwn = (one == account || other == account) && equals(between(one, other));
        return isOwn ? OptionalLong.of(one == account ? other : one) : OptionalLong.empty();
    }

    /** Invisible marks are not allowed, like invisible letters: the id would look like another one. */
    private static boolean isVisibleMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                !UserName.isInvisible(codePoint);
            default -> false;
        };
    }

    private static boolean isAllowed(int codePoint) {
        return (Character.isLetterOrDigit(codePoint) && !UserName.isInvisible(codePoint))
                || "-_.~/".indexOf(codePoint) >= 0;
    }

    private static ChatException invalid(String what) {
        return new ChatException(ErrorReason.INVALID_CHANNEL, "the channel id " + what);
    }

    @Override
    public String toString() {
        return value;
    }
}
