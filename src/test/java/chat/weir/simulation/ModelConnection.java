package chat.weir.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The expected state of one connection.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ModelConnection {
    final SimulatedClient client;
    final SimulatedUser user;

    /** The joined channels, the URL's first, with the events expected in each. */
    final Map<String, ExpectedEvents> channels = new LinkedHashMap<>();

    /** Null while the connection is anonymous. */
    @Nullable
    String name;

    /** Whether the name is authenticated, so that the connection may send messages. */
    boolean confirmed;

    /** Whether the name is that of the user's account. */
    boolean loggedIn;

    /** The identity that owns private chats; it stays the same when the name changes. */
    @Nullable
    Object identity;

    /** The resume secret of the name in the URL's channel. */
    @Nullable
    String secret;

    /** The second in which the connection took its name. */
    int namedAt;

    /** The second in which the connection last answered a heartbeat. */
    int lastHeartbeatAt;

    /** The keys of all blocked names. */
    final Set<String> blocked = new LinkedHashSet<>();

    /** The keys of the names that were blocked as a guest. */
    final Set<String> blockedAsGuest = new LinkedHashSet<>();

    void clearBlocks() {
        blocked.clear();
        blockedAsGuest.clear();
    }

    /** Replaces the blocks of an earlier login by those of the account. */
    void loadBlocksOfAccount() {
        blocked.clear();
        blocked.addAll(blockedAsGuest);
        blocked.addAll(user.blocked);
    }

    /** Keeps the blocks of an earlier login as the guest's own. */
    void keepBlocksAsGuest() {
        blockedAsGuest.clear();
        blockedAsGuest.addAll(blocked);
    }

    ModelConnection(SimulatedClient client, SimulatedUser user) {
        this.client = client;
        this.user = user;
    }

    boolean hasName(String key) {
        return name != null && ChannelView.key(name).equals(key);
    }

    /** The name that other users see, or null. */
    @Nullable
    String visibleName() {
        return confirmed ? name : null;
    }

    List<String> channelIds() {
        return List.copyOf(channels.keySet());
    }

    @Override
    public String toString() {
        return user + "/" + client.ownChannel() + (name == null ? "" : " as " + name);
    }
}
