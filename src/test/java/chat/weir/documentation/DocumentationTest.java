package chat.weir.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.settings.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists. */
class DocumentationTest {
    private static final int README_LINES = 250;

    private static final Pattern SETTING_ROW =
            Pattern.compile("^\\| `([A-Z_]+)` \\| *([^|]*?) *\\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern SETTING_NAME = Pattern.compile("[A-Z]+(_[A-Z]+)+");
    private static final Pattern MAKE = Pattern.compile("(?:^|\\s)make ([a-z][a-z-]*)", Pattern.MULTILINE);
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
                        .filter(link -> !document.leadsSomewhere(link))
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
