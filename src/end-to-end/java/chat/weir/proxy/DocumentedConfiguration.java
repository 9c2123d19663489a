package chat.weir.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A configuration from the documentation, in which a test sets its own ports and paths. A text that it replaces must be
 * there, so the documentation cannot change without the tests.
 *
 * <p>Threading: immutable.
 */
record DocumentedConfiguration(String text) {

    /** Reads the code block in that language that contains the text; there must be exactly one. */
    static DocumentedConfiguration read(String language, String containing) {
        List<String> blocks = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(document())
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(containing))
                .toList();
        if (blocks.size() != 1) {
            throw new AssertionError(blocks.size() + " blocks of " + language + " with " + containing);
        }
        return new DocumentedConfiguration(blocks.get(0));
    }

    /** A line that the documentation names in its prose. */
    static String line(String line) {
        if (!document().contains("`" + line + "`")) {
            throw new AssertionError("the documentation does not name " + line);
        }
        return line;
    }

    private static String document() {
        try {
            return Files.readString(Path.of("src/site/markdown/deployment.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DocumentedConfiguration with(String written, String instead) {
        if (!text.contains(written)) {
            throw new AssertionError("the documentation has no " + written + " in " + text);
        }
        return new DocumentedConfiguration(text.replace(written, instead));
    }
}
