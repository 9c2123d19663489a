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
 * What one client believes about one channel, from nothing but what it was told there.
 *
 * <p>Threading: confined to the test's thread.
 */
final class View {
    /** Whether coming and going is always told, so that one list, the first, is enough for ever. */
    private final boolean oneListIsEnough;

    private final SortedMap<String, String> here = new TreeMap<>();
    private boolean knowsWhoIsHere;
    private final Set<String> typing = new TreeSet<>();
    private long lastId;

    private final List<String> news = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();
    private @Nullable String answer;

    View(boolean oneListIsEnough) {
        this.oneListIsEnough = oneListIsEnough;
    }

    /** By which two spellings of a name are one: enough for the names in here. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A list as it can be compared. */
    static String listing(Iterable<String> names, int count) {
        return count + ": " + String.join(" ", names);
    }

    static String listing(JsonNode users) {
        List<String> names = new ArrayList<>();
        users.path("users").forEach(name -> names.add(name.asString()));
        return listing(names, users.get("count").asInt());
    }

    /** Believes nothing of who is here until the next answer. */
    void askAgain() {
        knowsWhoIsHere = false;
    }

    void take(JsonNode envelope) {
        switch (envelope.get("type").asString()) {
            case "users" -> takeUsers(envelope);
            case "notification" -> takeNotification(envelope);
            case "typing" -> takeTyping(envelope.get("user").asString());
            case "doneTyping" -> takeDoneTyping(envelope.get("user").asString());
            case "message" -> takeMessage(envelope);
            default -> throw new AssertionError("not expected: " + envelope);
        }
    }

    private void takeUsers(JsonNode users) {
        if (users.has("ref")) {
            answer = listing(users);
        } else {
            lists.add(listing(users));
        }
        if (!users.has("users")) {
            assertTrue(!oneListIsEnough, () -> "only a count: " + users);
            knowsWhoIsHere = false;
        } else if (users.has("ref") ? !knowsWhoIsHere : !oneListIsEnough) {
            here.clear();
            users.get("users").forEach(name -> here.put(key(name.asString()), name.asString()));
            knowsWhoIsHere = true;
        }
    }

    private void takeNotification(JsonNode told) {
        String user = told.get("user").asString();
        String event = told.get("event").asString();
        news.add(event + " " + (told.has("from") ? told.get("from").asString() + " " : "") + user);
        if (!knowsWhoIsHere) {
            return;
        }
        boolean fits = switch (event) {
            case "joined" -> here.put(key(user), user) == null;
            case "left" -> user.equals(here.remove(key(user)));
            case "renamed" -> {
                String from = told.get("from").asString();
                boolean was = from.equals(here.remove(key(from)));
                yield here.put(key(user), user) == null && was;
            }
            default -> false;
        };
        assertTrue(fits || !oneListIsEnough, () -> told + " does not fit what was known: " + here.values());
    }

    private void takeTyping(String user) {
        news.add("typing " + user);
        assertTrue(typing.add(user), () -> user + " was typing already");
    }

    /** Who began before this client came is not known to type. */
    private void takeDoneTyping(String user) {
        news.add("doneTyping " + user);
        typing.remove(user);
    }

    private void takeMessage(JsonNode message) {
        long id = message.get("id").asLong();
        assertTrue(id > lastId, () -> message + " after " + lastId);
        lastId = id;
        messages.add(id + " " + message.get("user").asString() + ": "
                + message.get("text").asString());
    }

    /** A client that has just blocked somebody shows nothing of him any more. */
    void forgetTyping(String key) {
        typing.removeIf(name -> key(name).equals(key));
    }

    /** Who is here by the first list and what was told since; null while that is not known. */
    @Nullable
    String here() {
        return knowsWhoIsHere ? listing(here.values(), here.size()) : null;
    }

    Set<String> typing() {
        return typing;
    }

    /** The last message's; 0: none yet. */
    long lastId() {
        return lastId;
    }

    /** What the server last answered when asked who is here. */
    @Nullable
    String answer() {
        return answer;
    }

    /** What follows is from since the last {@link #turnPage}. */
    List<String> news() {
        return news;
    }

    List<String> messages() {
        return messages;
    }

    /** The lists that were sent to all. */
    List<String> lists() {
        return lists;
    }

    void turnPage() {
        news.clear();
        messages.clear();
        lists.clear();
    }
}
