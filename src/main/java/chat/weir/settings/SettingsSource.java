package chat.weir.settings;

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
public record SettingsSource(Map<SettingKey, String> values, List<String> problems) {
    private static final char UNREADABLE = '\uFFFD';

    /** Collects from the three of them. */
    public static SettingsSource of(List<String> arguments, Map<String, String> environment, Path directory) {
        Map<SettingKey, String> values = new EnumMap<>(SettingKey.class);
        List<String> problems = new ArrayList<>();
        EnvFile.read(directory, problems).forEach((name, value) -> put(SettingKey.valueOf(name), value, values));
        for (SettingKey key : SettingKey.values()) {
            put(key, environment.get(key.name()), values);
        }
        if (!arguments.isEmpty()) {
            values.put(SettingKey.PORT, arguments.get(0));
        }
        if (arguments.size() > 1) {
            problems.add(arguments.get(1) + " is one argument too many: there is one, the port");
        }
        refuseUnreadable(values, problems);
        return new SettingsSource(values, problems);
    }

    private static void put(SettingKey key, @Nullable String value, Map<SettingKey, String> values) {
        if (value == null || (key.isSecret() ? value.isEmpty() : value.isBlank())) {
            return;
        }
        // Blanks at the ends of a secret belong to it.
        values.put(key, key.isSecret() ? value : value.strip());
    }

    /** The JVM puts U+FFFD for what the locale's encoding cannot tell: without a UTF-8 locale for every letter but a-z. */
    private static void refuseUnreadable(Map<SettingKey, String> values, List<String> problems) {
        values.forEach((key, value) -> {
            if (value.indexOf(UNREADABLE) >= 0) {
                problems.add(key + " has a character in it that could not be read (U+FFFD): start the server in a UTF-8"
                        + " locale such as LC_ALL=C.UTF-8, or write the setting into .env");
            }
        });
    }
}
