package chat.weir.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A configuration out of the README, in which a test puts its own ports and paths. What it replaces has to be there: so
 * the README cannot change without the tests.
 *
 * <p>Threading: immutable.
 */
record ReadmeConfiguration(String text) {

    /** The code block in that language that contains such a text; there has to be exactly one. */
    static ReadmeConfiguration read(String language, String containing) {
        List<String> blocks = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(readme())
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(containing))
                .toList();
        if (blocks.size() != 1) {
            throw new AssertionError(blocks.size() + " blocks of " + language + " with " + containing);
        }
        return new ReadmeConfiguration(blocks.get(0));
    }

    /** A line that the README tells to write, in the middle of its text. */
    static String line(String line) {
        if (!readme().contains("`" + line + "`")) {
            throw new AssertionError("the README does not tell to write " + line);
        }
        return line;
    }

    private static String readme() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ReadmeConfiguration with(String written, String instead) {
        if (!text.contains(written)) {
            throw new AssertionError("the README has no " + written + " in " + text);
        }
        return new ReadmeConfiguration(text.replace(written, instead));
    }
}
