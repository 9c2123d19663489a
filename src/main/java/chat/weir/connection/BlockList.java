package chat.weir.connection;

import java.util.HashSet;
import java.util.Set;

/**
 * The names, by their normal forms, of those whom a client wants to hear nothing from: whom it has blocked as a guest,
 * and whom the account has that it is logged in to, or was when it fell silent.
 *
 * @param ofAccount shared by all connections of the account
 * @param all of both; the same set as {@code ofAccount} where it has blocked nobody as a guest
 */
public record BlockList(Set<String> asGuest, Set<String> ofAccount, Set<String> all) {
    static final BlockList NONE = new BlockList(Set.of(), Set.of(), Set.of());

    private static BlockList of(Set<String> asGuest, Set<String> ofAccount) {
        if (asGuest.isEmpty()) {
            return new BlockList(asGuest, ofAccount, ofAccount);
        }
        Set<String> all = new HashSet<>(asGuest);
        all.addAll(ofAccount);
        return new BlockList(asGuest, ofAccount, Set.copyOf(all));
    }

    /** With the names that an account has blocked, instead of those of a previous account. */
    public BlockList withAccount(Set<String> names) {
        return of(asGuest, names);
    }

    /** A guest has blocked somebody. What an account has left behind is his own from then on. */
    public BlockList with(String name) {
        Set<String> names = new HashSet<>(all);
        names.add(name);
        return of(Set.copyOf(names), Set.of());
    }

    /** A guest wants to hear of somebody again. */
    public BlockList without(String name) {
        Set<String> names = new HashSet<>(all);
        names.remove(name);
        return of(Set.copyOf(names), Set.of());
    }

    /** An account wants to hear of somebody again, also where it has blocked him before it was logged in. */
    public BlockList withoutAsGuest(String name) {
        Set<String> names = new HashSet<>(asGuest);
        names.remove(name);
        return of(Set.copyOf(names), ofAccount);
    }
}
