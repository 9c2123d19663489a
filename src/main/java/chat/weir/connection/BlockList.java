package chat.weir.connection;

import java.util.HashSet;
import java.util.Set;

/**
 * The names, in normal form, of the users that a client blocks: those that it has blocked as a guest, and those of the
 * account that it is logged in to, or was when it fell silent.
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

    /** Replaces the names that the account blocks. */
    public BlockList withAccount(Set<String> names) {
        return of(asGuest, names);
    }

    /** Adds a name for a guest. Names that an account has left behind are the guest's from then on. */
    public BlockList with(String name) {
        Set<String> names = new HashSet<>(all);
        names.add(name);
        return of(Set.copyOf(names), Set.of());
    }

    /** Removes a name for a guest. */
    public BlockList without(String name) {
        Set<String> names = new HashSet<>(all);
        names.remove(name);
        return of(Set.copyOf(names), Set.of());
    }

    /** Removes a name that was blocked as a guest, before the login. */
    public BlockList withoutAsGuest(String name) {
        Set<String> names = new HashSet<>(asGuest);
        names.remove(name);
        return of(Set.copyOf(names), ofAccount);
    }
}
