package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Sanitises text for log lines. Replaces characters that could forge or hide a line or change the direction of text in
 * a terminal: control characters, line and paragraph separators, format characters, and unpaired surrogates.
 */
public final class LogText {
    private static final char REPLACEMENT = '?';

    private LogText() {}

    /** Sanitises a value from a client that is logged between quotes. */
    public static String of(@Nullable String text) {
        return text == null ? "" : clean(text, true);
    }

    /** Sanitises a whole line without its line end, in case a value was not sanitised. */
    public static String line(String text) {
        return clean(text, false);
    }

    private static String clean(String text, boolean isQuoted) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (isPrintable(codePoint) && !(isQuoted && (codePoint == '"' || codePoint == '\\'))) {
                if (clean != null) {
                    clean.appendCodePoint(codePoint);
                }
            } else {
                clean = clean == null ? new StringBuilder(text.length()).append(text, 0, i) : clean;
                clean.append(REPLACEMENT);
            }
        }
        return clean == null ? text : clean.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
