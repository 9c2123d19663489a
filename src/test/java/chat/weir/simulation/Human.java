package chat.weir.simulation;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at his keyboard, and what he keeps when his connection is gone.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Human {
    private final String favourite;

    /** Of his account; null: he has none. */
    final @Nullable String token;

    /** What he was called last, where, by which secret, and the last that he read there. */
    @Nullable
    String lastName;

    @Nullable
    String lastChannel;

    @Nullable
    String secret;

    /** Of which channel's URL the secret is; it is not tried elsewhere. */
    @Nullable
    String secretChannel;

    long lastId;

    /** Whom he has blocked as his account. */
    final Set<String> blocked = new LinkedHashSet<>();

    /** How many connections he has. */
    int seats;

    Human(String favourite, @Nullable String token) {
        this.favourite = favourite;
        this.token = token;
    }

    /** The name that he likes best, or his account's. */
    String favourite() {
        return favourite;
    }

    boolean hasAccount() {
        return token != null;
    }

    @Override
    public String toString() {
        return favourite;
    }
}
