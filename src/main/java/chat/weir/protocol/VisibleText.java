package chat.weir.protocol;

/**
 * Detects texts without a visible character. Invisible are spaces, control and format characters, fillers, and marks
 * without a letter.
 */
public final class VisibleText {
    private static final int HANGUL_CHOSEONG_FILLER = 0x115F;
    private static final int HANGUL_JUNGSEONG_FILLER = 0x1160;
    private static final int HANGUL_FILLER = 0x3164;
    private static final int HALFWIDTH_HANGUL_FILLER = 0xFFA0;
    private static final int BRAILLE_PATTERN_BLANK = 0x2800;
    private static final int MUSICAL_SYMBOL_NULL_NOTEHEAD = 0x1D159;

    private VisibleText() {}

    /** Whether the text has at least one visible character. Usually the first one is. */
    public static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (isVisible(codePoint)) {
                return true;
            }
            i += Character.charCount(codePoint);
        }
        return false;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            // Most of them are characters that are newer than this JDK, such as new emoji.
            case Character.UNASSIGNED -> !isReservedForInvisible(c);
            default -> !isBlank(c);
        };
    }

    /** Letters and symbols without a glyph; they have no general category of their own. */
    private static boolean isBlank(int c) {
        return switch (c) {
            case HANGUL_CHOSEONG_FILLER,
                    HANGUL_JUNGSEONG_FILLER,
                    HANGUL_FILLER,
                    HALFWIDTH_HANGUL_FILLER,
                    BRAILLE_PATTERN_BLANK,
                    MUSICAL_SYMBOL_NULL_NOTEHEAD -> true;
            default -> false;
        };
    }

    /** Unassigned code points of Default_Ignorable_Code_Point, and noncharacters. */
    private static boolean isReservedForInvisible(int c) {
        return c == 0x2065
                || (c >= 0xFFF0 && c <= 0xFFF8)
                || (c >= 0xE0000 && c <= 0xE0FFF)
                || (c >= 0xFDD0 && c <= 0xFDEF)
                || (c & 0xFFFE) == 0xFFFE;
    }
}
