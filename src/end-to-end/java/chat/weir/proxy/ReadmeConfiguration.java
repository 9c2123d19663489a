package chat.weir.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
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
        try {
            String readme = Files.readString(Path.of("README.md"));
            List<String> blocks = Pattern.compile(
                            "^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                    .matcher(readme)
                    .results()
                    .map(MatchResult::group)
                    .map(block -> block.replaceAll("```.*\n?", ""))
                    .filter(block -> block.contains(containing))
                    .toList();
            if (blocks.size() != 1) {
                throw new AssertionError(blocks.size() + " blocks of " + language + " with " + containing);
            }
            return new ReadmeConfiguration(blocks.get(0));
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
