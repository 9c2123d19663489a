package chat.weir.protocol;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user name, and a key that is equal for names that count as the same.
 *
 * <p>A name has 1 to 32 code points after trimming and NFC: letters, digits and combining marks of any script, {@code
 * _ - .}. The key is the name after NFKC and case folding. Invisible characters (Unicode's
 * Default_Ignorable_Code_Point: variation selectors, joiners, fillers) are removed from the key, as in NFKC_Casefold,
 * so that an invisible mark does not make a second bob.
 *
 * <p>Case is folded by mapping to lower, upper and lower case with the JDK, because ICU would be a larger jar than
 * this server. The result unites everything that full case folding unites. In addition it unites i and j with and
 * without a dot, and with a second dot, which is drawn over the first.
 *
 * <p>Threading: immutable.
 */
public record UserName(String value, String key) {
    /** The rules for new names, for users. */
    public static final String RULE =
            "a name must have 1 to 32 characters: letters, digits, combining marks, _ - or . but no spaces;"
                    + " its letters must be of one script, or of Latin and one other that is neither Cyrillic nor Greek"
                    + " (Japanese, Korean and Bopomofo mix with Han); it must not begin with a combining mark,"
                    + " nor have more than three of them on one letter";

    private static final int MAX_CODE_POINTS = 32;
    private static final int MAX_MARKS_IN_A_ROW = 3;
    private static final Pattern DOTS_ABOVE_A_DOT = Pattern.compile("([ij])\u0307+");

    /** NFC never shrinks text by more than this factor, so longer input need not be normalised. */
    private static final int MAX_CHARS_BEFORE_NFC = MAX_CODE_POINTS * 4;

    /**
     * Parses a name that a user wants to take; empty if it breaks a rule. In addition to {@link #parse}, its letters
     * must not imitate another script, and its marks must not hide or overlap the text around it.
     */
    public static Optional<UserName> parseNew(String typed) {
        return parse(typed).filter(name -> hasValidScripts(name.value()) && hasFewMarks(name.value()));
    }

    /** Also checks the NFKC form: mathematical letters belong to no script, but some become Greek ones. */
    private static boolean hasValidScripts(String name) {
        return ScriptMixing.isModeratelyRestrictive(name)
                && ScriptMixing.isModeratelyRestrictive(Normalizer.normalize(name, Normalizer.Form.NFKC));
    }

    private static boolean hasFewMarks(String name) {
        if (isMark(name.codePointAt(0))) {
            return false;
        }
        long inARow = 0;
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            inARow = isMark(name.codePointAt(i)) ? inARow + 1 : marksOf(name.codePointAt(i));
            if (inARow > MAX_MARKS_IN_A_ROW) {
                return false;
            }
        }
        return true;
    }

    /** The number of marks in a letter, which NFC may have composed. Vowel signs are marks and count as one. */
    private static long marksOf(int letter) {
        return Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFD)
                .codePoints()
                .filter(UserName::isMark)
                .count();
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** Parses an existing name, which may be older than the rules for new names; empty if it breaks a rule. */
    public static Optional<UserName> parse(String typed) {
        String trimmed = typed.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_CHARS_BEFORE_NFC) {
            return Optional.empty();
        }
        String name = Normalizer.normalize(trimmed, Normalizer.Form.NFC);
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS
                || !name.codePoints().allMatch(UserName::isAllowed)) {
            return Optional.empty();
        }
        String key = keyOf(name);
        return key.isEmpty() ? Optional.empty() : Optional.of(new UserName(name, key));
    }

    private static boolean isAllowed(int codePoint) {
        return isMark(codePoint) || Character.isLetterOrDigit(codePoint) || "_-.".indexOf(codePoint) >= 0;
    }

    private static String keyOf(String name) {
        StringBuilder visible = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !isInvisible(c))
                .forEach(visible::appendCodePoint);
        // The final sigma is the only letter whose lower case depends on its position in the word.
        String folded = visible.toString()
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('\u03C2', '\u03C3')
                .replace('\u0131', 'i')
                .replace('\u0237', 'j');
        return Normalizer.normalize(DOTS_ABOVE_A_DOT.matcher(folded).replaceAll("$1"), Normalizer.Form.NFKC);
    }

    /** The letters and marks of Unicode's Default_Ignorable_Code_Point. */
    static boolean isInvisible(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || (c >= 0xE0100 && c <= 0xE01EF);
    }

    @Override
    public String toString() {
        return value;
    }
}
