package chat.weir.moderation;

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
 * The bans and mutes in memory, found by whom they concern and by where a guest is. Of what has ended nothing is found.
 *
 * <p>When one is taken over from the database its end is turned into one by the clock that is never set, and stays so:
 * setting the time of day neither ends nor prolongs it.
 *
 * <p>Threading: questions are safe and take no lock; changed by {@link AuditSync} only, under its lock.
 */
final class SanctionIndex {
    private final Map<Sanction.Key, Entry> byKey = new ConcurrentHashMap<>();
    private final Map<Place, Map<Sanction.Key, Entry>> byPlace = new ConcurrentHashMap<>();
    private final Map<Scope, Integer> counts = new ConcurrentHashMap<>();
    private final Clock clock;
    private final LongSupplier nanoTime;

    SanctionIndex(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** A network where something is forbidden. */
    private record Place(SanctionType type, Scope scope, String network) {}

    /** A sanction and its end by the clock that is never set. */
    private record Entry(Sanction sanction, boolean isForGood, long endNanos) {
        long left(long nowNanos) {
            return isForGood ? Long.MAX_VALUE : endNanos - nowNanos;
        }

        ActiveSanction inForce(long nowNanos) {
            return new ActiveSanction(sanction, isForGood ? null : Duration.ofNanos(left(nowNanos)));
        }
    }

    /** Of those that hold for somebody there, be it everywhere, the one that lasts longest. */
    Optional<ActiveSanction> find(SanctionType type, Scope scope, Subject subject) {
        String network = byPlace.isEmpty() ? null : Sanction.network(subject).orElse(null);
        long now = nanoTime.getAsLong();
        return longest(scopes(scope).flatMap(s -> holding(type, s, subject.key(), network)), now);
    }

    /** Of those that hold for an address there whoever is behind it. */
    Optional<ActiveSanction> findAt(SanctionType type, Scope scope, String address) {
        String network = Network.of(address);
        long now = nanoTime.getAsLong();
        return longest(scopes(scope).flatMap(s -> at(new Place(type, s, network))), now);
    }

    private static Stream<Scope> scopes(Scope scope) {
        return scope instanceof Scope.Everywhere ? Stream.of(scope) : Stream.of(scope, Scope.EVERYWHERE);
    }

    private Stream<Entry> holding(SanctionType type, Scope scope, String subject, @Nullable String network) {
        Stream<Entry> named = Stream.ofNullable(byKey.get(new Sanction.Key(type, scope, subject)));
        return network == null ? named : Stream.concat(named, at(new Place(type, scope, network)));
    }

    private Stream<Entry> at(Place place) {
        return byPlace.getOrDefault(place, Map.of()).values().stream();
    }

    private static Optional<ActiveSanction> longest(Stream<Entry> some, long now) {
        return some.filter(entry -> entry.left(now) > 0)
                .max(Comparator.comparingLong(entry -> entry.left(now)))
                .map(entry -> entry.inForce(now));
    }

    /** One that holds. */
    Optional<Sanction> get(Sanction.Key key) {
        return inForce(key).map(ActiveSanction::sanction);
    }

    /** As {@link #get}, with the time that is left. */
    Optional<ActiveSanction> inForce(Sanction.Key key) {
        long now = nanoTime.getAsLong();
        return Optional.ofNullable(byKey.get(key))
                .filter(entry -> entry.left(now) > 0)
                .map(entry -> entry.inForce(now));
    }

    /** Those of exactly this scope that hold for somebody, each once. */
    List<Sanction> all(SanctionType type, Scope scope, Subject subject) {
        long now = nanoTime.getAsLong();
        String network = Sanction.network(subject).orElse(null);
        return holding(type, scope, subject.key(), network)
                .filter(entry -> entry.left(now) > 0)
                .map(Entry::sanction)
                .distinct()
                .toList();
    }

    /** Whom those of exactly this scope concern that hold for a name. */
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

    /** Those that hold, the newest first. */
    List<ActiveSanction> list(Predicate<Sanction> which, int limit) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(entry -> entry.left(now) > 0 && which.test(entry.sanction()))
                .sorted(Comparator.comparingLong(
                                (Entry entry) -> entry.sanction().change())
                        .reversed())
                .limit(limit)
                .map(entry -> entry.inForce(now))
                .toList();
    }

    /** Some that have ended. */
    List<Sanction> ended(int limit) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(entry -> entry.left(now) <= 0)
                .map(Entry::sanction)
                .limit(limit)
                .toList();
    }

    /** With those that have ended and were not forgotten yet. */
    int size() {
        return byKey.size();
    }

    /** As {@link #size}, of exactly this scope. */
    int size(Scope scope) {
        return counts.getOrDefault(scope, 0);
    }

    /** Where there are any, those that have ended and were not forgotten yet included. */
    Set<Scope> scopes() {
        return Set.copyOf(counts.keySet());
    }

    /** Whether one was put, there or everywhere, on this account or this name itself, and not only on its network. */
    boolean isPutOn(SanctionType type, Scope scope, Subject subject) {
        return scopes(scope)
                .anyMatch(s -> get(new Sanction.Key(type, s, subject.key())).isPresent()
                        || get(new Sanction.Key(type, s, subject.name().key())).isPresent());
    }

    /** What holds now by the database; null: nothing. What is known already keeps its end. */
    void set(Sanction.Key key, @Nullable Sanction sanction) {
        Entry before = byKey.get(key);
        if (sanction == null) {
            forget(before);
        } else if (before == null || before.sanction().change() != sanction.change()) {
            Entry entry = held(sanction);
            if (byKey.put(key, entry) == null) {
                counts.merge(key.scope(), 1, Integer::sum);
            }
            sanction.networks()
                    .forEach(network -> byPlace.computeIfAbsent(place(key, network), place -> new ConcurrentHashMap<>())
                            .put(key, entry));
            if (before != null) {
                before.sanction().networks().stream()
                        .filter(network -> !sanction.networks().contains(network))
                        .forEach(network -> leave(place(key, network), key));
            }
        }
    }

    /** Nothing happens if another has taken its place. */
    void forget(Sanction sanction) {
        Entry entry = byKey.get(sanction.key());
        if (entry != null && entry.sanction().change() == sanction.change()) {
            forget(entry);
        }
    }

    private void forget(@Nullable Entry entry) {
        if (entry != null) {
            Sanction.Key key = entry.sanction().key();
            if (byKey.remove(key) != null) {
                counts.computeIfPresent(key.scope(), (scope, count) -> count == 1 ? null : count - 1);
            }
            entry.sanction().networks().forEach(network -> leave(place(key, network), key));
        }
    }

    private void leave(Place place, Sanction.Key key) {
        Map<Sanction.Key, Entry> there = byPlace.get(place);
        if (there != null) {
            there.remove(key);
            if (there.isEmpty()) {
                byPlace.remove(place);
            }
        }
    }

    private static Place place(Sanction.Key key, String network) {
        return new Place(key.type(), key.scope(), network);
    }

    private Entry held(Sanction sanction) {
        long now = nanoTime.getAsLong();
        Long endsAt = sanction.endsAtMillis();
        if (endsAt == null) {
            return new Entry(sanction, true, now);
        }
        Duration left = Duration.between(clock.instant(), Instant.ofEpochMilli(endsAt));
        // Out of these bounds if the clock was wrong when it was given, or is now.
        Duration bounded = left.isNegative()
                ? Duration.ZERO
                : left.compareTo(SanctionTerm.LONGEST) > 0 ? SanctionTerm.LONGEST : left;
        return new Entry(sanction, false, now + bounded.toNanos());
    }
}
