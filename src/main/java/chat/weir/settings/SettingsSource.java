package chat.weir.settings;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was given for each setting: an argument before the environment, that before {@code .env} in the working
 * directory. A setting that is given but empty has its default.
 *
 * @param problems with where the values come from, not with the values
 */
public record SettingsSource(Map<Key, String> values, List<String> problems) {

    /** Collects from the three of them. */
    public static SettingsSource of(List<String> arguments, Map<String, String> environment, Path directory) {
        Map<Key, String> values = new EnumMap<>(Key.class);
        List<String> problems = new ArrayList<>();
        readFile(directory, values, problems);
        for (Key key : Key.values()) {
            put(key, environment.get(key.name()), values);
        }
        if (!arguments.isEmpty()) {
            values.put(Key.PORT, arguments.get(0));
        }
        if (arguments.size() > 1) {
            problems.add(arguments.get(1) + " is one argument too many: there is one, the port");
        }
        return new SettingsSource(values, problems);
    }

    private static void readFile(Path directory, Map<Key, String> values, List<String> problems) {
        try {
            Dotenv file = Dotenv.configure()
                    // The library takes the empty path for the root of the file system.
                    .directory(directory.toAbsolutePath().toString())
                    .ignoreIfMissing()
                    .load();
            for (DotenvEntry entry : file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
                try {
                    put(Key.valueOf(entry.getKey()), entry.getValue(), values);
                } catch (IllegalArgumentException e) {
                    problems.add(".env: " + entry.getKey() + " is no setting of this server; see --help");
                }
            }
        } catch (DotenvException e) {
            problems.add(".env cannot be read: " + e.getMessage());
        }
    }

    private static void put(Key key, @Nullable String value, Map<Key, String> values) {
        if (value != null && !value.isBlank()) {
            values.put(key, value.strip());
        }
    }
}
