package chat.weir.history;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.Reactions;
import chat.weir.protocol.UserName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The latest changes of the messages of a channel, and the names of all users who reacted to them.
 *
 * <p>Threading: guarded by its log.
 */
final class RecentChanges {
    static final int MAX = 300;

    /** The largest number of reactions in a channel, so that they cannot fill the memory. */
    static final int MAX_REACTIONS = 5_000;

    /** A reaction: a map entry and two references. The name itself is counted, too, for it may be kept by nothing else. */
    private static final int REACTION_BYTES = 250;

    private static final int CHANGE_BYTES = 250;

    private final Deque<StoredChange> changes = new ArrayDeque<>();

    /** The users who reacted to each message, by emoji and by the name's normal form. */
    private final Map<Long, Map<String, Map<String, String>>> reactions = new HashMap<>();

    private int reactionCount;
    private long droppedUpTo;

    long bytes() {
        return (long) CHANGE_BYTES * changes.size() + (long) REACTION_BYTES * reactionCount;
    }

    /** All later changes are here. */
    long droppedUpTo() {
        return droppedUpTo;
    }

    /** Returns the message after a change other than its deletion; an equal one if nothing changes. */
    StoredMessage change(StoredMessage message, StoredChange event) {
        UserName user = event.author().name();
        MessageChange change = event.change();
        if (change instanceof MessageChange.Edit edit) {
            return edit.text().equals(message.text()) ? message : message.edited(edit.text(), event.timestamp());
        }
        if (change instanceof MessageChange.React react) {
            return react(message, react.emoji(), user);
        }
        return change instanceof MessageChange.Unreact unreact ? unreact(message, unreact.emoji(), user) : message;
    }

    private StoredMessage react(StoredMessage message, String emoji, UserName user) {
        if (!message.reactions().hasRoomFor(emoji)) {
            throw new ChatException(
                    ErrorReason.STORE_FULL,
                    "a message has at most " + Reactions.MAX_EMOJIS + " different emojis: use one of those");
        }
        Map<String, String> users = users(message.id(), emoji);
        if (users.containsKey(user.key())) {
            return message;
        }
        if (reactionCount == MAX_REACTIONS) {
            throw new ChatException(ErrorReason.STORE_FULL, "the channel has too many reactions");
        }
        users.put(user.key(), user.value());
        reactionCount++;
        reactions.computeIfAbsent(message.id(), id -> new HashMap<>()).put(emoji, users);
        return message.with(message.reactions().with(count(emoji, users)));
    }

    private StoredMessage unreact(StoredMessage message, String emoji, UserName user) {
        Map<String, String> users = users(message.id(), emoji);
        if (users.remove(user.key()) == null) {
            return message;
        }
        reactionCount--;
        return message.with(message.reactions().with(count(emoji, users)));
    }

    /** In the order in which they reacted. */
    private Map<String, String> users(long message, String emoji) {
        Map<String, String> users = reactions.getOrDefault(message, Map.of()).get(emoji);
        return users == null ? new LinkedHashMap<>() : users;
    }

    private static Reactions.OfEmoji count(String emoji, Map<String, String> users) {
        return Reactions.OfEmoji.of(emoji, List.copyOf(users.values()));
    }

    /** Keeps a change without the text of an edit, which the message has. */
    void add(StoredChange event) {
        MessageChange change = event.change();
        if (change instanceof MessageChange.Delete) {
            forget(change.message());
        }
        if (changes.size() == MAX) {
            droppedUpTo = changes.removeFirst().seq();
        }
        changes.addLast(
                change instanceof MessageChange.Edit
                        ? new StoredChange(
                                event.seq(),
                                event.timestamp(),
                                event.author(),
                                new MessageChange.Edit(change.message(), ""))
                        : event);
    }

    /** Removes the changes with numbers below {@code seq}. */
    void removeBefore(long seq) {
        while (!changes.isEmpty() && changes.getFirst().seq() < seq) {
            droppedUpTo = changes.removeFirst().seq();
        }
    }

    Stream<StoredChange> after(long seq) {
        return changes.stream().filter(event -> event.seq() > seq);
    }

    /** Removes the reactions to a message that is no longer kept. */
    void forget(long message) {
        Map<String, Map<String, String>> removed = reactions.remove(message);
        if (removed != null) {
            removed.values().forEach(users -> reactionCount -= users.size());
        }
    }
}
