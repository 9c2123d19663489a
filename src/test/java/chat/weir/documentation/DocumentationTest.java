package chat.weir.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.settings.SettingKey;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files, settings, targets and classes that the documents mention exist. */
class DocumentationTest {
    private static final int README_LINES = 250;
    private static final Path MAIN = Path.of("src/main/java");

    private static final Pattern SETTING_ROW =
            Pattern.compile("^\\| `([A-Z_]+)` \\| *([^|]*?) *\\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern SETTING_NAME = Pattern.compile("[A-Z]+(_[A-Z]+)+");
    private static final Pattern MAKE = Pattern.compile("(?:^|\\s)make ([a-z][a-z-]*)", Pattern.MULTILINE);
    /** A class, or a member of one: {@code channel.Channel}, {@code Channel.publish}. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("(?<packages>(?:[a-z]+\\.)*)(?<type>[A-Z]\\w*[a-z]\\w*)(?:\\.(?<member>\\w+))?");

    /** A class in a diagram, where other words may begin with a capital letter as well. */
    private static final Pattern COMPOUND_CLASS_NAME = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b");

    private static final Pattern MAKE_TARGET = Pattern.compile("^([a-z][a-z-]*):", Pattern.MULTILINE);

    @Test
    void readmeIsShort() {
        long lines = Document.read(Document.README).text().lines().count();
        assertTrue(lines < README_LINES, lines + " lines");
    }

    @Test
    void readmeLinksToEveryDocument() {
        Set<Path> linked = Document.read(Document.README).links().stream()
                .map(link -> Path.of(link.replaceFirst("#.*", "")))
                .collect(Collectors.toSet());
        List<Path> missing = Document.all().stream()
                .map(Document::path)
                .filter(path -> !path.equals(Document.README) && !linked.contains(path))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void linksLeadToFilesAndHeadings() {
        List<String> dead = Document.all().stream()
                .flatMap(document -> document.links().stream()
                        .filter(link -> !document.isValidLink(link))
                        .map(link -> document.path() + ": " + link))
                .toList();
        assertEquals(List.of(), dead);
        assertFalse(Document.read(Document.README).links().isEmpty());
    }

    @Test
    void configurationHasEverySettingWithItsDefault() {
        assertEquals(defaults(), documentedDefaults());
    }

    @Test
    void everySettingInTheDocumentsExists() {
        List<String> unknown = Document.all().stream()
                .flatMap(document -> document.codeSpans().stream()
                        .filter(code -> SETTING_NAME.matcher(code).matches())
                        .filter(name -> !defaults().containsKey(name))
                        .map(name -> document.path() + ": " + name))
                .toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void everyMakeTargetInTheDocumentsExists() throws IOException {
        Set<String> targets = MAKE_TARGET
                .matcher(Files.readString(Path.of("Makefile")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> named = Document.all().stream()
                .flatMap(document -> Stream.concat(document.codeSpans().stream(), document.blocks().stream()))
                .flatMap(code -> MAKE.matcher(code).results().map(match -> match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.containsAll(List.of("run", "test")), named::toString);
        named.removeAll(targets);
        assertEquals(Set.of(), named);
    }

    @Test
    void everyClassInTheArchitectureExists() {
        Document architecture = Document.named("architecture.md");
        List<String> named = Stream.concat(
                        architecture.codeSpans().stream()
                                .filter(code -> CLASS_NAME.matcher(code).matches()),
                        architecture.blocks().stream()
                                .flatMap(block -> COMPOUND_CLASS_NAME
                                        .matcher(block)
                                        .results()
                                        .map(MatchResult::group)
                                        .filter(name -> !name.equals("WebSocket"))))
                .distinct()
                .toList();
        Map<Path, String> sources = sources();
        assertEquals(
                List.of(), named.stream().filter(name -> !exists(name, sources)).toList());
        assertTrue(named.contains("CommandDispatcher.dispatch"), named::toString);
        assertTrue(named.contains("FrameDecoder"), named::toString);
    }

    @Test
    void architectureNamesEveryPackage() {
        Set<String> packages = sources().keySet().stream()
                .map(path -> MAIN.relativize(path).getParent().toString().replace(File.separatorChar, '.'))
                .map(name -> name.replaceFirst("^chat\\.weir\\.", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(packages.containsAll(List.of("chat.weir", "channel.broadcast")), packages::toString);
        Document.named("architecture.md").codeSpans().forEach(packages::remove);
        assertEquals(Set.of(), packages);
    }

    private static boolean exists(String name, Map<Path, String> sources) {
        Matcher parts = CLASS_NAME.matcher(name);
        assertTrue(parts.matches(), name);
        Path file = Path.of(parts.group("packages").replace('.', '/') + parts.group("type") + ".java");
        String member = parts.group("member");
        Pattern declared = Pattern.compile(member == null ? "" : " " + member + "[({ ]");
        return sources.entrySet().stream()
                .anyMatch(source -> source.getKey().endsWith(file)
                        && declared.matcher(source.getValue()).find());
    }

    private static Map<Path, String> sources() {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(path -> path.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            path -> path, path -> Document.read(path).text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> defaults() {
        return Arrays.stream(SettingKey.values())
                .collect(Collectors.toMap(
                        SettingKey::name, SettingKey::defaultValue, (one, other) -> one, TreeMap::new));
    }

    private static Map<String, String> documentedDefaults() {
        Map<String, String> table = new TreeMap<>();
        SETTING_ROW.matcher(Document.named("configuration.md").text()).results().forEach(match -> {
            String earlier = table.put(match.group(1), match.group(2));
            assertEquals(null, earlier, () -> match.group(1) + " stands there twice");
        });
        return table;
    }
}
