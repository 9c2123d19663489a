package chat.weir.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * The reactions to a message, by emoji, in the order in which each emoji was first used.
 *
 * <p>Threading: immutable.
 */
public record Reactions(List<OfEmoji> all) {
    public static final Reactions NONE = new Reactions(List.of());

    /** The largest number of different emojis on one message. */
    public static final int MAX_EMOJIS = 20;

    /** With more names than this, an emoji has only a count. */
    public static final int MAX_NAMES = 50;

    public Reactions {
        all = List.copyOf(all);
    }

    /**
     * The users who reacted with one emoji.
     *
     * @param names in the order in which they reacted; empty if there are more than {@value #MAX_NAMES}
     */
    public record OfEmoji(String emoji, int count, List<String> names) {
        public OfEmoji {
            names = List.copyOf(names);
        }

        /** An emoji with all its names, of which only the number is kept if they are too many. */
        public static OfEmoji of(String emoji, List<String> names) {
            return new OfEmoji(emoji, names.size(), names.size() > MAX_NAMES ? List.of() : names);
        }

        boolean isCountOnly() {
            return count > MAX_NAMES;
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public Optional<OfEmoji> find(String emoji) {
        return all.stream().filter(one -> one.emoji().equals(emoji)).findFirst();
    }

    /** Whether this emoji may be added to the message. */
    public boolean hasRoomFor(String emoji) {
        return all.size() < MAX_EMOJIS || find(emoji).isPresent();
    }

    /** Returns these reactions with one emoji replaced, added or, if its count is 0, removed. */
    public Reactions with(OfEmoji changed) {
        List<OfEmoji> result = new ArrayList<>(all);
        int index = 0;
        while (index < result.size() && !result.get(index).emoji().equals(changed.emoji())) {
            index++;
        }
        if (index < result.size()) {
            result.remove(index);
        }
        if (changed.count() > 0) {
            result.add(index, changed);
        }
        return new Reactions(result);
    }

    /**
     * Leaves out the names of blocked users; the counts stay.
     *
     * @param keys the names in normal form
     */
    public Reactions without(Set<String> keys) {
        if (keys.isEmpty()) {
            return this;
        }
        return new Reactions(all.stream()
                .map(one -> new OfEmoji(
                        one.emoji(),
                        one.count(),
                        one.names().stream()
                                .filter(name -> UserName.parse(name)
                                        .map(parsed -> !keys.contains(parsed.key()))
                                        .orElse(true))
                                .toList()))
                .filter(one -> one.isCountOnly() || !one.names().isEmpty())
                .toList());
    }

    /**
     * The reactions as text, to be stored: a line for each emoji, with the count and the names, separated by spaces.
     * Neither emojis nor names contain one.
     */
    public String toText() {
        return all.stream()
                .map(one -> one.emoji() + " " + one.count()
                        + one.names().stream().map(name -> " " + name).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    /** Reads what {@link #toText} has written. */
    public static Reactions parse(String text) {
        return new Reactions(text.lines().map(Reactions::parseLine).toList());
    }

    private static OfEmoji parseLine(String line) {
        List<String> words = Arrays.asList(line.split(" "));
        return new OfEmoji(words.get(0), Integer.parseInt(words.get(1)), words.subList(2, words.size()));
    }

    /** The names by emoji, for those that list them; empty if there are none. */
    public Optional<Map<String, List<String>>> listed() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        all.stream().filter(one -> !one.isCountOnly()).forEach(one -> names.put(one.emoji(), one.names()));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    /** The counts by emoji, for those that list no names; empty if there are none. */
    public Optional<Map<String, Integer>> counted() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        all.stream().filter(OfEmoji::isCountOnly).forEach(one -> counts.put(one.emoji(), one.count()));
        return counts.isEmpty() ? Optional.empty() : Optional.of(counts);
    }

    /** Writes the fields {@code reactions} and {@code reactionCounts}, each if it is not empty. */
    void write(JsonGenerator out) {
        listed().ifPresent(names -> {
            out.writeObjectPropertyStart("reactions");
            names.forEach((emoji, users) -> {
                out.writeArrayPropertyStart(emoji);
                users.forEach(out::writeString);
                out.writeEndArray();
            });
            out.writeEndObject();
        });
        counted().ifPresent(counts -> {
            out.writeObjectPropertyStart("reactionCounts");
            counts.forEach(out::writeNumberProperty);
            out.writeEndObject();
        });
    }
}
