package chat.weir.protocol;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of a channel: 1 to 128 bytes of UTF-8, letters and digits of any script, combining marks behind a letter,
 * {@code - _ . ~}, and {@code /} between segments none of which is empty, {@code .} or {@code ..}. It is in NFC, whatever
 * it was made from: two spellings of one id are one channel.
 *
 * <p>One {@code @} before that makes it a private chat, which only two may enter. That of two accounts is
 * {@code @x-y} with the accounts' ids to the base of 36, the smaller first: so it is always the same, and who may enter
 * can be told from the id alone, without looking anything up. That of guests is {@code @} and
 * {@value #PASSING_LENGTH} characters of {@code 0-9a-zA-Z}.
 *
 * <p>Threading: immutable.
 */
public record ChannelId(String value) {
    public static final int MAX_BYTES = 128;

    /** NFC at most halves and thirds what it composes; longer input is not worth normalising. */
    private static final int MAX_CHARS_BEFORE_NFC = MAX_BYTES * 4;

    private static final String GENERATED_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int GENERATED_LENGTH = 12;
    private static final int CHECK_LENGTH = 3;
    private static final int PASSING_LENGTH = 22;
    private static final char PRIVATE = '@';
    private static final char BETWEEN = '-';
    private static final Pattern ACCOUNTS = Pattern.compile("@([0-9a-z]{1,11})-([0-9a-z]{1,11})");

    /**
     * Checks the rules above.
     *
     * @throws ChatException 400 that names the rule which is broken
     */
    public ChannelId {
        if (value.isEmpty()) {
            throw bad("is empty");
        }
        if (value.length() > MAX_CHARS_BEFORE_NFC) {
            throw bad("is longer than " + MAX_BYTES + " bytes");
        }
        value = normal(value);
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw bad("is longer than " + MAX_BYTES + " bytes");
        }
        String plain = value.charAt(0) == PRIVATE ? value.substring(1) : value;
        refuseOtherCharacters(plain);
        for (String segment : plain.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw bad("has a segment that is empty, . or ..");
            }
        }
    }

    /** Below U+0300 every text is in NFC. */
    private static String normal(String value) {
        return value.chars().allMatch(c -> c < 0x300) ? value : Normalizer.normalize(value, Normalizer.Form.NFC);
    }

    private static void refuseOtherCharacters(String plain) {
        int before = '/';
        for (int i = 0; i < plain.length(); i += Character.charCount(before)) {
            int c = plain.codePointAt(i);
            if (!isAllowed(c) && !(isVisibleMark(c) && (Character.isLetter(before) || isVisibleMark(before)))) {
                throw bad(String.format(
                        "has U+%04X in it; letters, marks behind a letter, digits, - _ . ~ and / are allowed", c));
            }
            before = c;
        }
    }

    /**
     * The id of a channel that everybody may enter.
     *
     * @throws ChatException 400 as above, also for the id of a private chat
     */
    public static ChannelId open(String value) {
        ChannelId id = new ChannelId(value);
        if (id.isPrivate()) {
            throw bad("may not begin with @");
        }
        return id;
    }

    /**
     * A fresh id for a client that named none: {@value #GENERATED_LENGTH} characters of {@code 0-9a-zA-Z}, the last
     * {@value #CHECK_LENGTH} computed from the others, so that {@link #isGenerated} can tell it.
     */
    public static ChannelId random(RandomGenerator random) {
        String chosen = letters(GENERATED_LENGTH - CHECK_LENGTH, random);
        return new ChannelId(chosen + check(chosen));
    }

    /**
     * Whether the server made this id for a client that named none. Told from the id alone, on every node and after a
     * restart. Its form would not be enough: {@code fishingboats} has it too. Of ids of that form that people choose, one
     * in 238,000 is taken for a generated one. Rejected: a column in the database, which channels without history and
     * servers without a database do not have.
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

    /** A fresh id for a private chat that ends when both have left it. */
    public static ChannelId passing(RandomGenerator random) {
        return new ChannelId(PRIVATE + letters(PASSING_LENGTH, random));
    }

    /** The private chat of two accounts, whichever is named first. */
    public static ChannelId between(long account, long other) {
        return new ChannelId(PRIVATE
                + Long.toString(Math.min(account, other), Character.MAX_RADIX)
                + BETWEEN
                + Long.toString(Math.max(account, other), Character.MAX_RADIX));
    }

    private static String letters(int length, RandomGenerator random) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append(GENERATED_ALPHABET.charAt(random.nextInt(GENERATED_ALPHABET.length())));
        }
        return letters.toString();
    }

    /** Only two may enter. */
    public boolean isPrivate() {
        return value.charAt(0) == PRIVATE;
    }

    /** Private, and not between two accounts: nothing of it outlasts those who are in it. */
    public boolean isPassing() {
        return isPrivate() && value.indexOf(BETWEEN) < 0;
    }

    /** Whether this is the private chat of an account with another. */
    public boolean isOf(long account) {
        Matcher ids = ACCOUNTS.matcher(value);
        if (!ids.matches()) {
            return false;
        }
        long one = Long.parseLong(ids.group(1), Character.MAX_RADIX);
        long other = Long.parseLong(ids.group(2), Character.MAX_RADIX);
        // Only as it is made: of any other spelling the two would have a second chat.
        return (one == account || other == account) && equals(between(one, other));
    }

    /** A mark, but none that shows nothing, like the letters that show nothing: it would make another channel that looks the same. */
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

    private static ChatException bad(String what) {
        return new ChatException(ErrorReason.INVALID_CHANNEL, "the channel id " + what);
    }

    @Override
    public String toString() {
        return value;
    }
}
