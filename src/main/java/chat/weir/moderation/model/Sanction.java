package chat.weir.moderation.model;

import chat.weir.net.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ban or a mute.
 *
 * @param change the id of the audit entry that set it
 * @param networks networks in which it applies to any guest; empty for an account
 * @param by the name of the moderator
 * @param givenAtMillis in Unix milliseconds
 * @param endsAtMillis in Unix milliseconds; null: never
 */
public record Sanction(
        long change,
        SanctionType type,
        Scope scope,
        Subject subject,
        List<String> networks,
        Reason reason,
        String by,
        long givenAtMillis,
        @Nullable Long endsAtMillis) {
    /** Per guest name. The newest network replaces the oldest. */
    private static final int MAX_NETWORKS = 32;

    public Sanction {
        networks = List.copyOf(networks);
    }

    /** There is at most one sanction per type, scope and subject. */
    public record Key(SanctionType type, Scope scope, String subject) {}

    public Key key() {
        return new Key(type, scope, subject.key());
    }

    /**
     * The networks of a guest's sanction that replaces another one. Keeps the old networks: otherwise a guest could
     * reset them by having the sanction renewed while they are offline or at another address.
     */
    public static List<String> networks(Subject subject, List<String> previous) {
        List<String> all = new ArrayList<>(previous);
        network(subject).ifPresent(network -> {
            all.remove(network);
            all.add(network);
        });
        return all.subList(Math.max(0, all.size() - MAX_NETWORKS), all.size());
    }

    /**
     * The network of a guest, if the address is known; empty for an account, whose sanctions do not apply to addresses.
     */
    public static Optional<String> network(Subject subject) {
        return subject instanceof Subject.OfGuest guest && guest.address() != null
                ? Optional.of(Network.of(guest.address()))
                : Optional.empty();
    }
}
