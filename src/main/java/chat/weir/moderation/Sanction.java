package chat.weir.moderation;

import chat.weir.net.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ban or a mute.
 *
 * @param change the number of the audit's line that tells of it
 * @param networks for which it holds under any name; none for an account
 * @param by the name of the one who gave it
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
    /** Of one guest's name; the oldest goes for the newest. */
    private static final int MAX_NETWORKS = 32;

    public Sanction {
        networks = List.copyOf(networks);
    }

    /** There is one sanction at most of a kind, a scope and a subject. */
    record Key(SanctionType type, Scope scope, String subject) {}

    Key key() {
        return new Key(type, scope, subject.key());
    }

    /**
     * The networks of a guest's sanction that replaces another: those of that one too, since he may be away now, or have
     * come from elsewhere to be freed at home.
     */
    static List<String> networks(Subject subject, List<String> before) {
        List<String> all = new ArrayList<>(before);
        network(subject).ifPresent(network -> {
            all.remove(network);
            all.add(network);
        });
        return all.subList(Math.max(0, all.size() - MAX_NETWORKS), all.size());
    }

    /** What is known of where a guest is; nothing of an account, whose sanctions are for the account only. */
    static Optional<String> network(Subject subject) {
        return subject instanceof Subject.OfGuest guest && guest.address() != null
                ? Optional.of(Network.of(guest.address()))
                : Optional.empty();
    }
}
