package chat.weir.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The expected state of one channel.
 *
 * <p>Threading: confined to the test's thread.
 */
final class ModelChannel {
    private static final int RESUME_SECONDS = 300;

    final String id;
    final Set<ModelConnection> connections = new LinkedHashSet<>();
    final Map<String, Typist> typists = new LinkedHashMap<>();

    /** Names whose previous holders may resume them, by name key. */
    final Map<String, ReleasedName> released = new LinkedHashMap<>();

    final ModelLog log;

    /** The two identities of a private chat; empty for a public channel. */
    Set<Object> owners = Set.of();

    /** Whether the server must broadcast a user list. */
    Listing listing = Listing.SENT;

    enum Listing {
        SENT,
        DUE,
        /** The list may have been sent already, or the channel was empty. */
        UNCERTAIN
    }

    /** A typing user. */
    record Typist(String name, ModelConnection connection, int since) {}

    /**
     * @param secret the resume secret; null in channels other than the URL's, where the name cannot be resumed
     * @param since the second in which its holder had taken it
     */
    record ReleasedName(@Nullable String secret, @Nullable Object identity, boolean confirmed, int since, int at) {
        /** Whether the server still knows the holder. */
        boolean isKnown(int now) {
            return now - at <= RESUME_SECONDS;
        }
    }

    ModelChannel(String id, ModelLog log) {
        this.id = id;
        this.log = log;
    }

    boolean isPrivate() {
        return id.startsWith("@");
    }

    /** The visible users by name key. */
    SortedMap<String, String> present() {
        SortedMap<String, String> present = new TreeMap<>();
        for (ModelConnection connection : connections) {
            String name = connection.visibleName();
            if (name != null) {
                present.put(ChannelView.key(name), name);
            }
        }
        return present;
    }

    /** The expected user list; the server lists at most {@code limit} names. */
    String listing(int limit) {
        SortedMap<String, String> present = present();
        return ChannelView.listing(present.size() <= limit ? present.values() : List.of(), present.size());
    }

    /** The connection that holds a name, confirmed or not. */
    @Nullable
    ModelConnection holder(String key) {
        return connections.stream()
                .filter(connection -> connection.hasName(key))
                .findFirst()
                .orElse(null);
    }
}
