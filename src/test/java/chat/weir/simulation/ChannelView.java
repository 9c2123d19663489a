package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One client's state of one channel, derived only from the envelopes that it has received.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ChannelView {
    /** Whether every join and leave is notified, so that the first list is the only one needed. */
    private final boolean hasCompleteNotifications;

    private final SortedMap<String, String> knownUsers = new TreeMap<>();
    private boolean hasUsers;
    private final Set<String> typing = new TreeSet<>();
    private long lastSeq;
    private long lastMessageId;
    private ChannelPicture picture = new ChannelPicture();

    private final List<String> events = new ArrayList<>();
    private final List<MessageEvent> messages = new ArrayList<>();
    private final List<String> broadcastLists = new ArrayList<>();
    private @Nullable String reply;

    ChannelView(boolean hasCompleteNotifications) {
        this.hasCompleteNotifications = hasCompleteNotifications;
    }

    /** The normal form of a name; sufficient for the ASCII names of the simulation. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Formats a user list for comparison. */
    static String listing(Iterable<String> names, int count) {
        return count + ": " + String.join(" ", names);
    }

    static String listing(JsonNode users) {
        List<String> names = new ArrayList<>();
        users.path("users").forEach(name -> names.add(name.asString()));
        return listing(names, users.get("count").asInt());
    }

    /** Discards the known users until the next reply. */
    void invalidateUsers() {
        hasUsers = false;
    }

    void receive(JsonNode envelope) {
        switch (envelope.get("type").asString()) {
            case "users" -> receiveUsers(envelope);
            case "notification" -> receiveNotification(envelope);
            case "typing" -> receiveTyping(envelope.get("user").asString());
            case "doneTyping" -> receiveDoneTyping(envelope.get("user").asString());
            case MessageEvent.MESSAGE,
                    MessageEvent.EDIT,
                    MessageEvent.DELETE,
                    MessageEvent.REACT,
                    MessageEvent.UNREACT -> receiveMessage(MessageEvent.of(envelope));
            case "mute", "unmute" -> {}
            default -> throw new AssertionError("unexpected envelope: " + envelope);
        }
    }

    private void receiveUsers(JsonNode users) {
        if (users.has("ref")) {
            reply = listing(users);
        } else {
            broadcastLists.add(listing(users));
        }
        if (!users.has("users")) {
            assertTrue(!hasCompleteNotifications, () -> "only a count: " + users);
            hasUsers = false;
        } else if (users.has("ref") ? !hasUsers : !hasCompleteNotifications) {
            knownUsers.clear();
            users.get("users").forEach(name -> knownUsers.put(key(name.asString()), name.asString()));
            hasUsers = true;
        }
    }

    private void receiveNotification(JsonNode notification) {
        String user = notification.get("user").asString();
        String event = notification.get("event").asString();
        events.add(event + " "
                + (notification.has("from") ? notification.get("from").asString() + " " : "") + user);
        if (!hasUsers) {
            return;
        }
        boolean fits = switch (event) {
            case "joined" -> knownUsers.put(key(user), user) == null;
            case "left" -> user.equals(knownUsers.remove(key(user)));
            case "renamed" -> {
                String from = notification.get("from").asString();
                boolean wasPresent = from.equals(knownUsers.remove(key(from)));
                yield knownUsers.put(key(user), user) == null && wasPresent;
            }
            default -> false;
        };
        assertTrue(
                fits || !hasCompleteNotifications,
                () -> notification + " contradicts the known users: " + knownUsers.values());
    }

    private void receiveTyping(String user) {
        events.add("typing " + user);
        assertTrue(typing.add(user), () -> user + " was already typing");
    }

    /** Unknown users are accepted: they may have started to type before this client joined. */
    private void receiveDoneTyping(String user) {
        events.add("doneTyping " + user);
        typing.remove(user);
    }

    private void receiveMessage(MessageEvent event) {
        assertTrue(event.seq() > lastSeq, () -> event + " after " + lastSeq);
        lastSeq = event.seq();
        lastMessageId = event.isMessage() ? event.id() : lastMessageId;
        messages.add(event);
        picture.apply(event);
    }

    /**
     * Continues with what the client has kept.
     *
     * @param since the number of the last event that it claims to have seen
     */
    void resume(ChannelMemory memory, long since) {
        lastSeq = since;
        lastMessageId = Math.min(memory.lastMessageId(), since);
        picture = new ChannelPicture(memory.picture());
    }

    /**
     * Shows the messages of a history page instead.
     *
     * @param last the number of the last event
     */
    void showPage(JsonNode page, long last) {
        lastSeq = last;
        picture = ChannelPicture.of(page);
    }

    ChannelMemory memory(long knownAfter) {
        return new ChannelMemory(lastSeq, lastMessageId, knownAfter, new ChannelPicture(picture));
    }

    /** Removes a user that this client has blocked. */
    void removeTyping(String key) {
        typing.removeIf(name -> key(name).equals(key));
    }

    /** The users by the first list and the notifications since; null while unknown. */
    @Nullable
    String users() {
        return hasUsers ? listing(knownUsers.values(), knownUsers.size()) : null;
    }

    Set<String> typing() {
        return typing;
    }

    /** The number of the last event, or 0. */
    long lastSeq() {
        return lastSeq;
    }

    ChannelPicture picture() {
        return picture;
    }

    /** The last reply to a {@code users} request. */
    @Nullable
    String reply() {
        return reply;
    }

    /** Notifications and typing events since the last {@link #clear}. */
    List<String> events() {
        return events;
    }

    /** The messages and their changes since the last {@link #clear}. */
    List<MessageEvent> messages() {
        return messages;
    }

    /** The broadcast user lists since the last {@link #clear}. */
    List<String> broadcastLists() {
        return broadcastLists;
    }

    void clear() {
        events.clear();
        messages.clear();
        broadcastLists.clear();
    }
}
