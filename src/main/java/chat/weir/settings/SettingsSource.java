package chat.weir.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The raw value of each setting. Arguments take precedence over the environment, the environment over {@code .env} in
 * the working directory. An empty value counts as absent.
 *
 * @param problems errors in the sources themselves, not in the values
 */
public record SettingsSource(Map<SettingKey, String> values, List<String> problems) {
    private static final char UNREADABLE = '\uFFFD';

    /** Reads all three sources. */
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
            problems.add("unexpected argument " + arguments.get(1) + ": the only argument is the port");
        }
        refuseUnreadable(values, problems);
        return new SettingsSource(values, problems);
    }

    private static void put(SettingKey key, @Nullable String value, Map<SettingKey, String> values) {
        if (value == null || (key.isSecret() ? value.isEmpty() : value.isBlank())) {
            return;
        }
        // Leading and trailing blanks of a secret are part of it.
        values.put(key, key.isSecret() ? value : value.strip());
    }

    /** The JVM substitutes U+FFFD for what it cannot decode: in a locale without UTF-8, everything but ASCII. */
    private static void refuseUnreadable(Map<SettingKey, String> values, List<String> problems) {
        values.forEach((key, value) -> {
            if (value.indexOf(UNREADABLE) >= 0) {
                problems.add(
                        key + " contains a character that could not be decoded (U+FFFD): start the server in a UTF-8"
                                + " locale such as LC_ALL=C.UTF-8, or write the setting into .env");
            }
        });
    }
}
