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
 * Reads the file {@code .env}: always UTF-8, one setting per line. A line that cannot be read exactly as written is
 * reported with its line number; no value is changed silently.
 *
 * <p>Threading: confined to the start.
 */
final class EnvFile {
    static final String NAME = ".env";

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final List<String> problems;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** The line of each key, to report both lines of a duplicate key. */
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private EnvFile(List<String> problems) {
        this.problems = problems;
    }

    /**
     * The values by key; empty if there is no such file.
     *
     * @param problems receives a message for each error in the file
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
            problems.add(NAME + " is not valid UTF-8: save it in that encoding");
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
        Integer firstLine = lines.putIfAbsent(line.key(), number);
        if (firstLine != null) {
            throw new EnvLine.Unreadable(
                    line.key() + " is already set in line " + firstLine + ": remove one of the two");
        }
        if (!isSetting(line.key())) {
            throw new EnvLine.Unreadable(RetiredSettings.about(line.key())
                    .orElse(line.key() + " is not a setting of this server; see --help"));
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
