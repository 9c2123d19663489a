package chat.weir.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown document of the project, as GitHub shows it.
 *
 * <p>Threading: immutable.
 */
record Document(Path path, String text) {
    static final Path README = Path.of("README.md");
    private static final Path SITE = Path.of("src/site/markdown");

    private static final Pattern BLOCK = Pattern.compile("^```\\w*\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);

    static Document read(Path path) {
        try {
            return new Document(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document in {@code src/site/markdown}, by its file name. */
    static Document named(String name) {
        return read(SITE.resolve(name));
    }

    static List<Document> all() {
        List<Document> documents = new ArrayList<>(List.of(read(README)));
        try (Stream<Path> files = Files.list(SITE)) {
            files.sorted().map(Document::read).forEach(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    /** The contents of the code blocks, in order. */
    List<String> blocks() {
        return groups(BLOCK, text);
    }

    /** The inline code. */
    List<String> codeSpans() {
        return groups(CODE_SPAN, prose());
    }

    /** The targets of the links to other places in the project. */
    List<String> links() {
        return groups(LINK, prose()).stream()
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** The anchors of the headings, without the {@code #}. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        for (String heading : groups(HEADING, prose())) {
            String slug = heading.strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int earlier = counts.merge(slug, 1, Integer::sum) - 1;
            anchors.add(earlier == 0 ? slug : slug + "-" + earlier);
        }
        return anchors;
    }

    /** Whether a link leads to a file or heading that exists. */
    boolean isValidLink(String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? path : path.resolveSibling(file).normalize();
        return Files.exists(target) && (hash < 0 || read(target).anchors().contains(link.substring(hash + 1)));
    }

    private String prose() {
        return BLOCK.matcher(text).replaceAll("");
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
