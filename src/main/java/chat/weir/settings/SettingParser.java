package chat.weir.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the values of settings. Collects all errors instead of stopping at the first.
 *
 * <p>Threading: confined to the start.
 */
final class SettingParser {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final Map<SettingKey, String> values;
    private final List<String> problems = new ArrayList<>();

    SettingParser(Map<SettingKey, String> values) {
        this.values = values;
    }

    /** The raw value, or the default. */
    String text(SettingKey key) {
        return values.getOrDefault(key, key.defaultValue());
    }

    int integer(SettingKey key, int min, int max) {
        return parse(
                key,
                min,
                text -> text.matches("-?\\d{1,10}") ? inRange(Long.parseLong(text), min, max) : Optional.empty());
    }

    boolean bool(SettingKey key) {
        return parse(key, false, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    Duration duration(SettingKey key, Duration min, Duration max) {
        return parse(key, min, text -> {
            Matcher matcher = DURATION.matcher(text);
            return matcher.matches()
                    ? Optional.of(duration(Long.parseLong(matcher.group(1)), matcher.group(2)))
                            .filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0)
                    : Optional.empty();
        });
    }

    /** Comma-separated values; empty for an empty text. */
    <T> List<T> list(SettingKey key, Function<String, Optional<T>> element) {
        List<T> none = List.of();
        return parse(key, none, text -> {
            List<Optional<T>> elements = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .map(element)
                    .toList();
            return elements.stream().allMatch(Optional::isPresent)
                    ? Optional.of(elements.stream().flatMap(Optional::stream).toList())
                    : Optional.empty();
        });
    }

    /** Parses one value. Returns {@code ifWrong} in place of an invalid one; {@link #check} throws later. */
    <T> T parse(SettingKey key, T ifWrong, Function<String, Optional<T>> parser) {
        String text = text(key);
        return parser.apply(text).orElseGet(() -> {
            String shown = key.isSecret() ? "..." : text;
            problems.add(key + "=" + shown + " is not allowed: " + key.allowed());
            return ifWrong;
        });
    }

    void problem(String text) {
        problems.add(text);
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    /** @throws InvalidSettingsException if there was any error */
    void check() {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static Optional<Integer> inRange(long value, int min, int max) {
        return value >= min && value <= max ? Optional.of((int) value) : Optional.empty();
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
