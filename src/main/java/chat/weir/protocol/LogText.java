package chat.weir.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Decides what a line of the log may contain. Anything else could forge a line, hide one, or turn it around on the
 * operator's screen: control characters, line and paragraph separators, format characters (those that switch the
 * direction of writing among them), and surrogates without their other half.
 */
public final class LogText {
    private static final char REPLACEMENT = '?';

    private LogText() {}

    /** A value that came from a client, made fit for a place between quotes in a line of the log. */
    public static String of(@Nullable String text) {
        return text == null ? "" : clean(text, true);
    }

    /** A whole line, without its end: where a value was not cleaned, it does no harm. */
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
