package chat.weir.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one connection.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Seat {
    final Client client;
    final Human human;

    /** The channels it is in, that of its URL first, with what it should hear there. */
    final Map<String, Expected> rooms = new LinkedHashMap<>();

    /** Null: anonymous. */
    @Nullable
    String name;

    /** It may speak. */
    boolean confirmed;

    /** The name is its human's account's. */
    boolean loggedIn;

    /** Who this is, under whatever name: private chats are his. */
    @Nullable
    Object person;

    /** By which the name in the URL's channel is taken back. */
    @Nullable
    String secret;

    /** The second in which it got the name, and in which it last answered a heartbeat. */
    int namedAt;

    int heardAt;

    /** Names, by their keys. */
    final Set<String> blocked = new LinkedHashSet<>();

    /** Those of them whom he has blocked as a guest. */
    final Set<String> blockedAsGuest = new LinkedHashSet<>();

    void forgetBlocked() {
        blocked.clear();
        blockedAsGuest.clear();
    }

    /** Whatever a connection has left over of an account, it has what the account has now. */
    void takeBlockedOfAccount() {
        blocked.clear();
        blocked.addAll(blockedAsGuest);
        blocked.addAll(human.blocked);
    }

    /** A guest makes what an account has left behind his own. */
    void ownBlocked() {
        blockedAsGuest.clear();
        blockedAsGuest.addAll(blocked);
    }

    Seat(Client client, Human human) {
        this.client = client;
        this.human = human;
    }

    boolean isCalled(String key) {
        return name != null && View.key(name).equals(key);
    }

    /** As whom the others know it; null: not at all. */
    @Nullable
    String presentAs() {
        return confirmed ? name : null;
    }

    List<String> roomIds() {
        return List.copyOf(rooms.keySet());
    }

    @Override
    public String toString() {
        return human + "/" + client.own() + (name == null ? "" : " as " + name);
    }
}
