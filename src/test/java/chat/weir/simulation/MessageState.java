package chat.weir.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The current state of a message, as the model or a client knows it.
 *
 * <p>Threading: confined to the test's thread.
 */
final class MessageState {
    /** The server lists up to this number of names for an emoji; above that, it only counts them. */
    private static final int MAX_NAMES = 50;

    private static final int MAX_EMOJIS = 20;

    final long id;
    final String user;
    private final long timestamp;
    private final long replyTo;
    private String text;
    private long editedAt;

    /** The description that ignores nobody, until the next change. */
    private @Nullable String description;

    /** The names by emoji and by name key, in the order in which they reacted. */
    private final Map<String, Map<String, String>> reactions = new LinkedHashMap<>();

    MessageState(MessageEvent message) {
        this.id = message.id();
        this.user = message.user();
        this.timestamp = message.timestamp();
        this.replyTo = message.replyTo();
        this.text = message.content();
    }

    /** Reads a message of a history page, without its reactions. */
    private MessageState(JsonNode message) {
        this.id = message.get("id").asLong();
        this.user = message.get("user").asString();
        this.timestamp = message.get("timestamp").asLong();
        this.replyTo = message.path("replyTo").asLong(0);
        this.text = message.get("text").asString();
        this.editedAt = message.path("edited").asLong(0);
    }

    MessageState(MessageState other) {
        this.id = other.id;
        this.user = other.user;
        this.timestamp = other.timestamp;
        this.replyTo = other.replyTo;
        this.text = other.text;
        this.editedAt = other.editedAt;
        other.reactions.forEach((emoji, names) -> reactions.put(emoji, new LinkedHashMap<>(names)));
    }

    /** Reads a message of a history page that has no {@code reactionCounts}. */
    static MessageState ofHistory(JsonNode message) {
        MessageState state = new MessageState(message);
        message.path("reactions")
                .properties()
                .forEach(emoji -> emoji.getValue().forEach(name -> state.react(emoji.getKey(), name.asString())));
        return state;
    }

    /** The message as members receive it now. */
    MessageEvent sent() {
        return MessageEvent.message(id, user, text, replyTo, timestamp);
    }

    String text() {
        return text;
    }

    /** Applies a change other than a deletion. A repeated change has no effect. */
    void apply(MessageEvent change) {
        description = null;
        switch (change.type()) {
            case MessageEvent.EDIT -> {
                text = change.content();
                editedAt = change.timestamp();
            }
            case MessageEvent.REACT -> react(change.content(), change.user());
            case MessageEvent.UNREACT -> unreact(change.content(), change.user());
            default -> throw new IllegalArgumentException(change.toString());
        }
    }

    private void react(String emoji, String name) {
        reactions.computeIfAbsent(emoji, key -> new LinkedHashMap<>()).putIfAbsent(ChannelView.key(name), name);
    }

    private void unreact(String emoji, String name) {
        reactions.computeIfPresent(emoji, (key, names) -> {
            names.remove(ChannelView.key(name));
            return names.isEmpty() ? null : names;
        });
    }

    boolean hasReacted(String emoji, String name) {
        return reactions.getOrDefault(emoji, Map.of()).containsKey(ChannelView.key(name));
    }

    /** The emojis with which a user has reacted. */
    List<String> reactionsOf(String name) {
        return reactions.keySet().stream()
                .filter(emoji -> hasReacted(emoji, name))
                .toList();
    }

    /** Whether this emoji may be added. */
    boolean hasRoomFor(String emoji) {
        return reactions.size() < MAX_EMOJIS || reactions.containsKey(emoji);
    }

    /**
     * Formats everything except the order of the reactions, which depends on what a client received twice.
     *
     * @param ignored the keys of users whose reactions are left out
     */
    String describe(Set<String> ignored) {
        if (!ignored.isEmpty()) {
            return describeWithout(ignored);
        }
        if (description == null) {
            description = describeWithout(ignored);
        }
        return description;
    }

    private String describeWithout(Set<String> ignored) {
        Map<String, List<String>> sorted = new TreeMap<>();
        reactions.forEach((emoji, names) -> {
            List<String> known = names.keySet().stream()
                    .filter(key -> !ignored.contains(key))
                    .map(names::get)
                    .sorted()
                    .toList();
            if (!known.isEmpty()) {
                sorted.put(emoji, known);
            }
        });
        return describe(sorted.toString());
    }

    /**
     * Formats the message as in the history.
     *
     * @param blocked the keys of users whose reactions are left out
     */
    String describeInHistory(Set<String> blocked) {
        List<String> listed = new ArrayList<>();
        List<String> counted = new ArrayList<>();
        reactions.forEach((emoji, names) -> {
            List<String> known = names.keySet().stream()
                    .filter(key -> !blocked.contains(key))
                    .map(names::get)
                    .toList();
            if (names.size() > MAX_NAMES) {
                counted.add(emoji + "=" + names.size());
            } else if (!known.isEmpty()) {
                listed.add(emoji + "=" + known);
            }
        });
        return describe(listed + " " + counted);
    }

    private String describe(String ofReactions) {
        return id + " " + user + " at " + timestamp + " to " + replyTo + ": " + text + " edited " + editedAt + " "
                + ofReactions;
    }

    /** Formats a message of a history page. */
    static String describeHistory(JsonNode message) {
        List<String> listed = new ArrayList<>();
        message.path("reactions").properties().forEach(emoji -> {
            List<String> names = new ArrayList<>();
            emoji.getValue().forEach(name -> names.add(name.asString()));
            listed.add(emoji.getKey() + "=" + names);
        });
        List<String> counted = new ArrayList<>();
        message.path("reactionCounts")
                .properties()
                .forEach(emoji ->
                        counted.add(emoji.getKey() + "=" + emoji.getValue().asInt()));
        return new MessageState(message).describe(listed + " " + counted);
    }
}
