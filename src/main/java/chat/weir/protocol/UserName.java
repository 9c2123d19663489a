package chat.weir.protocol;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A name that a person goes by in a channel, and the key by which two spellings of it are recognised as one.
 *
 * <p>The name is 1 to 32 code points after trimming and NFC: letters, digits and combining marks of any script,
 * {@code _ - .}. The key is the name after NFKC and case folding; characters that show nothing (variation selectors,
 * joiners, fillers: Unicode's Default_Ignorable_Code_Point) do not count in it, as in Unicode's NFKC_Casefold, so that
 * nobody can pass for bob with an invisible mark behind his name.
 *
 * <p>Case is folded by lower, upper and lower case, which the JDK has, rather than with ICU, a jar larger than this whole server: the three
 * unite all that full case folding unites, and besides it only i and j with and without a dot, and with a second one: it
 * is drawn over the first.
 *
 * <p>Threading: immutable.
 */
public record UserName(String value, String key) {
    /** What a name may be, for people who have chosen another one. */
    public static final String RULE =
            "a name has 1 to 32 characters: letters, digits and combining marks, _ - or . and no blanks;"
                    + " its letters are of one script, or of Latin and one other that is neither Cyrillic nor Greek"
                    + " (Japanese, Korean and Bopomofo mix with Han); it does not begin with a combining mark,"
                    + " and has at most three of them on one letter";

    private static final int MAX_CODE_POINTS = 32;
    private static final int MAX_MARKS_IN_A_ROW = 3;
    private static final Pattern DOTS_ABOVE_A_DOT = Pattern.compile("([ij])\u0307+");

    /** Four UTF-16 units a code point is more than NFC ever shrinks; longer input is not worth normalising. */
    private static final int MAX_CHARS_BEFORE_NFC = MAX_CODE_POINTS * 4;

    /**
     * A name that a user wants to take, or nothing if it breaks a rule. Beside what {@link #parse} asks, its letters may
     * not imitate another script's, and its marks may not hide or overflow what stands around it.
     */
    public static Optional<UserName> parseNew(String typed) {
        return parse(typed).filter(name -> isOfScriptsThatMix(name.value()) && hasFewMarks(name.value()));
    }

    /** In NFKC too: mathematical letters, which are of no script, become Greek ones. */
    private static boolean isOfScriptsThatMix(String name) {
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

    /** How many marks a letter brings along: NFC hides one or two in it. Vowel signs, which are marks, count once. */
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

    /** A name that may exist, since it was taken before there were more rules; or nothing if it breaks a rule. */
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
        // The final sigma is the one letter whose lower case depends on its place in the word.
        String folded = visible.toString()
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('\u03C2', '\u03C3')
                .replace('\u0131', 'i')
                .replace('\u0237', 'j');
        return Normalizer.normalize(DOTS_ABOVE_A_DOT.matcher(folded).replaceAll("$1"), Normalizer.Form.NFKC);
    }

    /** Those of Unicode's Default_Ignorable_Code_Point that are letters or marks, which a name may hold. */
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
