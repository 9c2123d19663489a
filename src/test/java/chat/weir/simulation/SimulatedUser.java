package chat.weir.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A simulated user, with what their client keeps between connections.
 *
 * <p>Threading: confined to the test's thread.
 */
final class SimulatedUser {
    private final String defaultName;

    /** The token of the user's account, or null for a guest. */
    final @Nullable String token;

    /** The name of the last connection. */
    @Nullable
    String lastName;

    /** The URL's channel of the last connection. */
    @Nullable
    String lastChannel;

    /** What the user's client keeps of each public channel. */
    final Map<String, ChannelMemory> memories = new LinkedHashMap<>();

    /** The keys of all names that one of the user's clients has blocked. */
    final Set<String> everBlocked = new LinkedHashSet<>();

    /** The resume secret of the last name. */
    @Nullable
    String secret;

    /** The URL's channel that the secret belongs to. */
    @Nullable
    String secretChannel;

    /** The keys of the names that the account has blocked. */
    final Set<String> blocked = new LinkedHashSet<>();

    /** The number of open connections. */
    int connections;

    SimulatedUser(String defaultName, @Nullable String token) {
        this.defaultName = defaultName;
        this.token = token;
    }

    /** The account's name, or the name that a guest usually requests. */
    String defaultName() {
        return defaultName;
    }

    boolean hasAccount() {
        return token != null;
    }

    @Override
    public String toString() {
        return defaultName;
    }
}
