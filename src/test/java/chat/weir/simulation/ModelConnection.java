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

    /** By channel: the client shows all messages with larger ids. */
    final Map<String, Long> knownAfter = new LinkedHashMap<>();

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

    /** The second in which the guest took the name in each channel: earlier messages of that name are another guest's. */
    final Map<String, Integer> namedIn = new LinkedHashMap<>();

    /** The second in which the connection last answered a heartbeat. */
    int lastHeartbeatAt;

    /** The keys of all blocked names. */
    final Set<String> blocked = new LinkedHashSet<>();

    /** The keys of the names that were blocked as a guest. */
    final Set<String> blockedAsGuest = new LinkedHashSet<>();

    /** The keys of all names that were ever blocked. */
    final Set<String> everBlocked = new LinkedHashSet<>();

    void block(String key) {
        blocked.add(key);
        everBlocked.add(key);
    }

    /** Whether the connection does not receive an event. It receives all deletions. */
    boolean hasBlocked(MessageEvent event) {
        return !event.isDeletion() && blocked.contains(ChannelView.key(event.user()));
    }

    void clearBlocks() {
        blocked.clear();
        blockedAsGuest.clear();
    }

    /** Replaces the blocks of an earlier login by those of the account. */
    void loadBlocksOfAccount() {
        blocked.clear();
        blocked.addAll(blockedAsGuest);
        blocked.addAll(user.blocked);
        everBlocked.addAll(blocked);
    }

    /** Keeps the blocks of an earlier login as the guest's own. */
    void keepBlocksAsGuest() {
        blockedAsGuest.clear();
        blockedAsGuest.addAll(blocked);
    }

    ModelConnection(SimulatedClient client, SimulatedUser user) {
        this.client = client;
        this.user = user;
        this.everBlocked.addAll(user.everBlocked);
    }

    boolean hasName(String key) {
        return name != null && ChannelView.key(name).equals(key);
    }

    /** The name that other users see, or null. */
    @Nullable
    String visibleName() {
        return confirmed ? name : null;
    }

    /** Whether the connection's user is the author of a message. */
    boolean wrote(ModelChannel channel, ModelLog.SentMessage message) {
        if (loggedIn) {
            return user.equals(message.account());
        }
        return message.account() == null
                && hasName(ChannelView.key(message.state().user))
                && message.second() >= namedIn.getOrDefault(channel.id, 0);
    }

    List<String> channelIds() {
        return List.copyOf(channels.keySet());
    }

    @Override
    public String toString() {
        return user + "/" + client.ownChannel() + (name == null ? "" : " as " + name);
    }
}
