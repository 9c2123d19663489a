package chat.weir.settings;

import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import io.github.cdimascio.dotenv.internal.DotenvParser;
import io.github.cdimascio.dotenv.internal.DotenvReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting of {@code .env}. The syntax:
 *
 * <ul>
 *   <li>The key may be preceded by {@code export}; the {@code =} may be surrounded by blanks.
 *   <li>A comment begins with {@code #} at the start of a line or after a blank, outside quotes.
 *   <li>Single quotes are removed; everything between them is literal.
 *   <li>Double quotes are removed; between them {@code \n}, {@code \r}, {@code \t}, {@code \"}, {@code \$} and
 *       {@code \\} are escapes.
 *   <li>An unquoted value is literal, without leading and trailing blanks. Variables are never expanded.
 * </ul>
 *
 * <p>dotenv-java alone truncates {@code correct#9}, keeps single quotes and does not support {@code export}. Therefore
 * each line is normalised for the library first, and rejected if the library returns a different value.
 */
record EnvLine(String key, String value) {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=(.*)", Pattern.DOTALL);
    private static final Pattern COMMENT_OR_BLANK = Pattern.compile("[ \\t]*(#.*)?", Pattern.DOTALL);
    private static final Pattern AFTER_QUOTES = Pattern.compile("[ \\t]*|[ \\t]+#.*", Pattern.DOTALL);
    private static final Pattern START_OF_COMMENT = Pattern.compile("[ \\t]#");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

    /** The line cannot be read exactly as written. The message says why and never quotes a value. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /**
     * Returns empty for a blank line or a comment. @throws Unreadable if the line is neither that nor a valid setting
     */
    static Optional<EnvLine> parse(String line) {
        if (COMMENT_OR_BLANK.matcher(line).matches()) {
            return Optional.empty();
        }
        if (CONTROL.matcher(line).find()) {
            throw new Unreadable("contains a control character");
        }
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (!assignment.matches()) {
            throw new Unreadable("write KEY=value");
        }
        EnvLine read = new EnvLine(assignment.group(1), value(assignment.group(1), assignment.group(2)));
        read.checkByLibrary();
        return Optional.of(read);
    }

    private static String value(String key, String text) {
        String rest = strip(text);
        if (rest.startsWith("'")) {
            int end = rest.indexOf('\'', 1);
            checkEnd(key, rest, end);
            return rest.substring(1, end);
        }
        if (rest.startsWith("\"")) {
            return doubleQuoted(key, rest);
        }
        if (rest.startsWith("`") || (rest.startsWith("#") && text.startsWith("#"))) {
            throw new Unreadable(
                    "the value of " + key + " begins with " + rest.charAt(0) + ": put it in single quotes");
        }
        Matcher comment = START_OF_COMMENT.matcher(" " + rest);
        return comment.find() ? strip(rest.substring(0, Math.max(0, comment.start() - 1))) : rest;
    }

    private static String doubleQuoted(String key, String rest) {
        StringBuilder value = new StringBuilder();
        int i = 1;
        for (; i < rest.length() && rest.charAt(i) != '"'; i++) {
            char c = rest.charAt(i);
            if (c == '\\') {
                i++;
                c = i < rest.length() ? unescaped(key, rest.charAt(i)) : c;
            }
            value.append(c);
        }
        checkEnd(key, rest, i < rest.length() ? i : -1);
        return value.toString();
    }

    private static char unescaped(String key, char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '$' -> c;
            default ->
                throw new Unreadable("the value of " + key + " has an unknown escape: write a backslash as \\\\, or put"
                        + " the value in single quotes");
        };
    }

    /** @param quote index of the closing quote, or negative if there is none */
    private static void checkEnd(String key, String rest, int quote) {
        if (quote < 0) {
            throw new Unreadable("the opening quote of the value of " + key + " is not closed on the same line");
        }
        if (!AFTER_QUOTES.matcher(rest.substring(quote + 1)).matches()) {
            throw new Unreadable("unexpected text after the closing quote of " + key);
        }
    }

    private static String strip(String text) {
        return text.replaceAll("^[ \\t]+|[ \\t]+$", "");
    }

    private void checkByLibrary() {
        String quoted = value.contains("\"") ? key + "=" + value : key + "=\"" + value + "\"";
        try {
            List<DotenvEntry> entries = new DotenvParser(new OneLine(quoted), true, true).parse();
            if (entries.size() == 1
                    && entries.get(0).getKey().equals(key)
                    && entries.get(0).getValue().equals(value)) {
                return;
            }
        } catch (DotenvException e) {
            // Rejected below with our own message: the library's message quotes the line.
        }
        throw new Unreadable("the value of " + key + " cannot be written in this file: set it in the environment");
    }

    private static final class OneLine extends DotenvReader {
        private final String line;

        OneLine(String line) {
            super("", "");
            this.line = line;
        }

        @Override
        public List<String> read() {
            return List.of(line);
        }
    }
}
