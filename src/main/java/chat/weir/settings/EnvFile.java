package chat.weir.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file {@code .env}: UTF-8 in any locale, one setting a line. A line that it cannot read exactly as it is
 * written is a problem with the line's number; no value is changed silently.
 *
 * <p>Threading: confined to the start.
 */
final class EnvFile {
    static final String NAME = ".env";

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final List<String> problems;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Line numbers, to name both where a key is set twice. */
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private EnvFile(List<String> problems) {
        this.problems = problems;
    }

    /**
     * The values by their keys; none if there is no such file.
     *
     * @param problems gets what is wrong with the file
     */
    static Map<String, String> read(Path directory, List<String> problems) {
        EnvFile file = new EnvFile(problems);
        String text = file.text(directory.resolve(NAME));
        if (text != null) {
            String[] all = text.split("\n", -1);
            for (int i = 0; i < all.length; i++) {
                file.line(i + 1, all[i].endsWith("\r") ? all[i].substring(0, all[i].length() - 1) : all[i]);
            }
        }
        return file.values;
    }

    private @Nullable String text(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add(NAME + " is not a text in UTF-8: save it in that encoding");
        } catch (IOException e) {
            problems.add(NAME + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
        return null;
    }

    private void line(int number, String line) {
        try {
            Optional<EnvLine> parsed = EnvLine.parse(line);
            if (parsed.isPresent()) {
                put(number, parsed.get());
            }
        } catch (EnvLine.Unreadable e) {
            problems.add(NAME + " line " + number + ": " + e.getMessage());
        }
    }

    private void put(int number, EnvLine line) {
        Integer before = lines.putIfAbsent(line.key(), number);
        if (before != null) {
            throw new EnvLine.Unreadable(line.key() + " was set in line " + before + " already: remove one of the two");
        }
        if (!isSetting(line.key())) {
            throw new EnvLine.Unreadable(
                    RetiredSettings.about(line.key()).orElse(line.key() + " is no setting of this server; see --help"));
        }
        values.put(line.key(), line.value());
    }

    private static boolean isSetting(String key) {
        try {
            SettingKey unused = SettingKey.valueOf(key);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
