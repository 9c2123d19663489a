package chat.weir.moderation;

import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.net.Network;
import chat.weir.protocol.UserName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bans and mutes in memory, by subject and by network. Expired ones are not returned.
 *
 * <p>The end of a sanction is converted to the monotonic clock once, when it is read from the database. Later changes
 * of the wall clock neither end nor extend it.
 *
 * <p>Threading: queries are safe and lock-free; changed only by {@link AuditSync}, under its lock.
 */
final class SanctionIndex {
    private final Map<Sanction.Key, Entry> byKey = new ConcurrentHashMap<>();
    private final Map<NetworkKey, Map<Sanction.Key, Entry>> byNetwork = new ConcurrentHashMap<>();
    private final Map<Scope, Integer> counts = new ConcurrentHashMap<>();
    private final Clock clock;
    private final LongSupplier nanoTime;

    SanctionIndex(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Key of the sanctions that apply to a network. */
    private record NetworkKey(SanctionType type, Scope scope, String network) {}

    /** A sanction and its end by the monotonic clock. */
    private record Entry(Sanction sanction, boolean isPermanent, long endNanos) {
        long left(long nowNanos) {
            return isPermanent ? Long.MAX_VALUE : endNanos - nowNanos;
        }

        ActiveSanction inForce(long nowNanos) {
            return new ActiveSanction(sanction, isPermanent ? null : Duration.ofNanos(left(nowNanos)));
        }
    }

    /** The longest sanction that applies to a subject in this scope, including scope everywhere. */
    Optional<ActiveSanction> find(SanctionType type, Scope scope, Subject subject) {
        String network = byNetwork.isEmpty() ? null : Sanction.network(subject).orElse(null);
        long now = nanoTime.getAsLong();
        return longest(scopes(scope).flatMap(s -> matching(type, s, subject.key(), network)), now);
    }

    /** The longest sanction that applies to an address in this scope, for any guest. */
    Optional<ActiveSanction> findAt(SanctionType type, Scope scope, String address) {
        String network = Network.of(address);
        long now = nanoTime.getAsLong();
        return longest(scopes(scope).flatMap(s -> at(new NetworkKey(type, s, network))), now);
    }

    private static Stream<Scope> scopes(Scope scope) {
        return scope instanceof Scope.Everywhere ? Stream.of(scope) : Stream.of(scope, Scope.EVERYWHERE);
    }

    private Stream<Entry> matching(SanctionType type, Scope scope, String subject, @Nullable String network) {
        Stream<Entry> named = Stream.ofNullable(byKey.get(new Sanction.Key(type, scope, subject)));
        return network == null ? named : Stream.concat(named, at(new NetworkKey(type, scope, network)));
    }

    private Stream<Entry> at(NetworkKey networkKey) {
        return byNetwork.getOrDefault(networkKey, Map.of()).values().stream();
    }

    private static Optional<ActiveSanction> longest(Stream<Entry> some, long now) {
        return some.filter(entry -> entry.left(now) > 0)
                .max(Comparator.comparingLong(entry -> entry.left(now)))
                .map(entry -> entry.inForce(now));
    }

    /** A sanction in force. */
    Optional<Sanction> get(Sanction.Key key) {
        return inForce(key).map(ActiveSanction::sanction);
    }

    /** Like {@link #get}, with the remaining time. */
    Optional<ActiveSanction> inForce(Sanction.Key key) {
        long now = nanoTime.getAsLong();
        return Optional.ofNullable(byKey.get(key))
                .filter(entry -> entry.left(now) > 0)
                .map(entry -> entry.inForce(now));
    }

    /** The distinct sanctions of exactly this scope that apply to a subject. */
    List<Sanction> all(SanctionType type, Scope scope, Subject subject) {
        long now = nanoTime.getAsLong();
        String network = Sanction.network(subject).orElse(null);
        return matching(type, scope, subject.key(), network)
                .filter(entry -> entry.left(now) > 0)
                .map(Entry::sanction)
                .distinct()
                .toList();
    }

    /** The subjects with this name that have a sanction of exactly this scope. */
    List<Subject> subjects(SanctionType type, Scope scope, UserName name) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(entry -> entry.left(now) > 0)
                .map(Entry::sanction)
                .filter(sanction -> sanction.type() == type
                        && sanction.scope().equals(scope)
                        && sanction.subject().name().key().equals(name.key()))
                .map(Sanction::subject)
                .toList();
    }

    /** The matching sanctions in force, newest first. */
    List<ActiveSanction> list(Predicate<Sanction> filter, int limit) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(entry -> entry.left(now) > 0 && filter.test(entry.sanction()))
                .sorted(Comparator.comparingLong(
                                (Entry entry) -> entry.sanction().change())
                        .reversed())
                .limit(limit)
                .map(entry -> entry.inForce(now))
                .toList();
    }

    /** Some expired sanctions. */
    List<Sanction> expired(int limit) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(entry -> entry.left(now) <= 0)
                .map(Entry::sanction)
                .limit(limit)
                .toList();
    }

    /** Includes expired sanctions that are not removed yet. */
    int size() {
        return byKey.size();
    }

    /** Like {@link #size}, for exactly this scope. */
    int size(Scope scope) {
        return counts.getOrDefault(scope, 0);
    }

    /** The scopes with sanctions, including expired ones that are not removed yet. */
    Set<Scope> scopes() {
        return Set.copyOf(counts.keySet());
    }

    /**
     * Whether a sanction was set on this account or name itself, in this scope or everywhere, and not only on its
     * network.
     */
    boolean isSetOn(SanctionType type, Scope scope, Subject subject) {
        return scopes(scope)
                .anyMatch(s -> get(new Sanction.Key(type, s, subject.key())).isPresent()
                        || get(new Sanction.Key(type, s, subject.name().key())).isPresent());
    }

    /** Sets the current state from the database; null: none. A sanction that is already known keeps its end. */
    void set(Sanction.Key key, @Nullable Sanction sanction) {
        Entry previous = byKey.get(key);
        if (sanction == null) {
            remove(previous);
        } else if (previous == null || previous.sanction().change() != sanction.change()) {
            Entry entry = entry(sanction);
            if (byKey.put(key, entry) == null) {
                counts.merge(key.scope(), 1, Integer::sum);
            }
            sanction.networks()
                    .forEach(network -> byNetwork
                            .computeIfAbsent(networkKey(key, network), any -> new ConcurrentHashMap<>())
                            .put(key, entry));
            if (previous != null) {
                previous.sanction().networks().stream()
                        .filter(network -> !sanction.networks().contains(network))
                        .forEach(network -> removeNetwork(networkKey(key, network), key));
            }
        }
    }

    /** Has no effect if the sanction was replaced. */
    void remove(Sanction sanction) {
        Entry entry = byKey.get(sanction.key());
        if (entry != null && entry.sanction().change() == sanction.change()) {
            remove(entry);
        }
    }

    private void remove(@Nullable Entry entry) {
        if (entry != null) {
            Sanction.Key key = entry.sanction().key();
            if (byKey.remove(key) != null) {
                counts.computeIfPresent(key.scope(), (scope, count) -> count == 1 ? null : count - 1);
            }
            entry.sanction().networks().forEach(network -> removeNetwork(networkKey(key, network), key));
        }
    }

    private void removeNetwork(NetworkKey networkKey, Sanction.Key key) {
        Map<Sanction.Key, Entry> entries = byNetwork.get(networkKey);
        if (entries != null) {
            entries.remove(key);
            if (entries.isEmpty()) {
                byNetwork.remove(networkKey);
            }
        }
    }

    private static NetworkKey networkKey(Sanction.Key key, String network) {
        return new NetworkKey(key.type(), key.scope(), network);
    }

    private Entry entry(Sanction sanction) {
        long now = nanoTime.getAsLong();
        Long endsAt = sanction.endsAtMillis();
        if (endsAt == null) {
            return new Entry(sanction, true, now);
        }
        Duration left = Duration.between(clock.instant(), Instant.ofEpochMilli(endsAt));
        // The wall clock may have been wrong when the sanction was set, or may be wrong now.
        Duration bounded = left.isNegative()
                ? Duration.ZERO
                : left.compareTo(SanctionTerm.MAX_DURATION) > 0 ? SanctionTerm.MAX_DURATION : left;
        return new Entry(sanction, false, now + bounded.toNanos());
    }
}
