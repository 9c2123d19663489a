package chat.weir.moderation;

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
 * <p>Threading: questions are safe and take no lock; changed by {@link Changes} only, under its lock.
 */
final class Sanctions {
    private final Map<Sanction.Key, Held> byKey = new ConcurrentHashMap<>();
    private final Map<Place, Map<Sanction.Key, Held>> byPlace = new ConcurrentHashMap<>();
    private final Map<Scope, Integer> counts = new ConcurrentHashMap<>();
    private final Clock clock;
    private final LongSupplier nanoTime;

    Sanctions(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** A network where something is forbidden. */
    private record Place(Kind kind, Scope scope, String network) {}

    /** A sanction and its end by the clock that is never set. */
    private record Held(Sanction sanction, boolean isForGood, long endNanos) {
        long left(long nowNanos) {
            return isForGood ? Long.MAX_VALUE : endNanos - nowNanos;
        }

        InForce inForce(long nowNanos) {
            return new InForce(sanction, isForGood ? null : Duration.ofNanos(left(nowNanos)));
        }
    }

    /** Of those that hold for somebody there, be it everywhere, the one that lasts longest. */
    Optional<InForce> find(Kind kind, Scope scope, Subject subject) {
        String network = byPlace.isEmpty() ? null : Sanction.network(subject).orElse(null);
        long now = nanoTime.getAsLong();
        return longest(scopes(scope).flatMap(s -> holding(kind, s, subject.key(), network)), now);
    }

    /** Of those that hold for an address there whoever is behind it. */
    Optional<InForce> findAt(Kind kind, Scope scope, String address) {
        String network = Network.of(address);
        long now = nanoTime.getAsLong();
        return longest(scopes(scope).flatMap(s -> at(new Place(kind, s, network))), now);
    }

    private static Stream<Scope> scopes(Scope scope) {
        return scope instanceof Scope.Everywhere ? Stream.of(scope) : Stream.of(scope, Scope.EVERYWHERE);
    }

    private Stream<Held> holding(Kind kind, Scope scope, String subject, @Nullable String network) {
        Stream<Held> named = Stream.ofNullable(byKey.get(new Sanction.Key(kind, scope, subject)));
        return network == null ? named : Stream.concat(named, at(new Place(kind, scope, network)));
    }

    private Stream<Held> at(Place place) {
        return byPlace.getOrDefault(place, Map.of()).values().stream();
    }

    private static Optional<InForce> longest(Stream<Held> some, long now) {
        return some.filter(held -> held.left(now) > 0)
                .max(Comparator.comparingLong(held -> held.left(now)))
                .map(held -> held.inForce(now));
    }

    /** One that holds. */
    Optional<Sanction> get(Sanction.Key key) {
        return inForce(key).map(InForce::sanction);
    }

    /** As {@link #get}, with the time that is left. */
    Optional<InForce> inForce(Sanction.Key key) {
        long now = nanoTime.getAsLong();
        return Optional.ofNullable(byKey.get(key))
                .filter(held -> held.left(now) > 0)
                .map(held -> held.inForce(now));
    }

    /** Those of exactly this scope that hold for somebody, each once. */
    List<Sanction> all(Kind kind, Scope scope, Subject subject) {
        long now = nanoTime.getAsLong();
        String network = Sanction.network(subject).orElse(null);
        return holding(kind, scope, subject.key(), network)
                .filter(held -> held.left(now) > 0)
                .map(Held::sanction)
                .distinct()
                .toList();
    }

    /** Whom those of exactly this scope concern that hold for a name. */
    List<Subject> subjects(Kind kind, Scope scope, UserName name) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(held -> held.left(now) > 0)
                .map(Held::sanction)
                .filter(sanction -> sanction.kind() == kind
                        && sanction.scope().equals(scope)
                        && sanction.subject().name().key().equals(name.key()))
                .map(Sanction::subject)
                .toList();
    }

    /** Those that hold, the newest first. */
    List<InForce> list(Predicate<Sanction> which, int limit) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(held -> held.left(now) > 0 && which.test(held.sanction()))
                .sorted(Comparator.comparingLong((Held held) -> held.sanction().change())
                        .reversed())
                .limit(limit)
                .map(held -> held.inForce(now))
                .toList();
    }

    /** Some that have ended. */
    List<Sanction> ended(int limit) {
        long now = nanoTime.getAsLong();
        return byKey.values().stream()
                .filter(held -> held.left(now) <= 0)
                .map(Held::sanction)
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
    boolean isPutOn(Kind kind, Scope scope, Subject subject) {
        return scopes(scope)
                .anyMatch(s -> get(new Sanction.Key(kind, s, subject.key())).isPresent()
                        || get(new Sanction.Key(kind, s, subject.name().key())).isPresent());
    }

    /** What holds now by the database; null: nothing. What is known already keeps its end. */
    void set(Sanction.Key key, @Nullable Sanction sanction) {
        Held before = byKey.get(key);
        if (sanction == null) {
            forget(before);
        } else if (before == null || before.sanction().change() != sanction.change()) {
            Held held = held(sanction);
            if (byKey.put(key, held) == null) {
                counts.merge(key.scope(), 1, Integer::sum);
            }
            sanction.networks()
                    .forEach(network -> byPlace.computeIfAbsent(place(key, network), place -> new ConcurrentHashMap<>())
                            .put(key, held));
            if (before != null) {
                before.sanction().networks().stream()
                        .filter(network -> !sanction.networks().contains(network))
                        .forEach(network -> leave(place(key, network), key));
            }
        }
    }

    /** Nothing happens if another has taken its place. */
    void forget(Sanction sanction) {
        Held held = byKey.get(sanction.key());
        if (held != null && held.sanction().change() == sanction.change()) {
            forget(held);
        }
    }

    private void forget(@Nullable Held held) {
        if (held != null) {
            Sanction.Key key = held.sanction().key();
            if (byKey.remove(key) != null) {
                counts.computeIfPresent(key.scope(), (scope, count) -> count == 1 ? null : count - 1);
            }
            held.sanction().networks().forEach(network -> leave(place(key, network), key));
        }
    }

    private void leave(Place place, Sanction.Key key) {
        Map<Sanction.Key, Held> there = byPlace.get(place);
        if (there != null) {
            there.remove(key);
            if (there.isEmpty()) {
                byPlace.remove(place);
            }
        }
    }

    private static Place place(Sanction.Key key, String network) {
        return new Place(key.kind(), key.scope(), network);
    }

    private Held held(Sanction sanction) {
        long now = nanoTime.getAsLong();
        Long endsAt = sanction.endsAtMillis();
        if (endsAt == null) {
            return new Held(sanction, true, now);
        }
        Duration left = Duration.between(clock.instant(), Instant.ofEpochMilli(endsAt));
        // Out of these bounds if the clock was wrong when it was given, or is now.
        Duration bounded = left.isNegative() ? Duration.ZERO : left.compareTo(Term.LONGEST) > 0 ? Term.LONGEST : left;
        return new Held(sanction, false, now + bounded.toNanos());
    }
}
