package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.moderation.ModeratorIndex.Seat;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings memory to where the database is: line by line of the audit, in their order and none twice, whichever thread or
 * node wrote them. A line only says whom it concerns; what holds of him is read anew, so a line that is late does no
 * harm to what is newer. The witness is told only of lines that still hold, and of kicks that are younger than a
 * minute; of several lines about the same sanction or role, which come together after an outage, only of the last.
 *
 * <p>All methods wait for the database, and throw an {@link chat.weir.protocol.ChatException} 503 if it does not
 * answer.
 *
 * <p>Threading: safe; memory is changed under its lock, which is not held while the database is asked.
 */
final class AuditSync {
    private static final Logger log = LoggerFactory.getLogger(AuditSync.class);
    private static final int LINES_AT_ONCE = 1_000;
    private static final int FORGOTTEN_AT_ONCE = 500;

    /** A kick means who was there then. */
    private static final Duration KICK_EXPIRES = Duration.ofMinutes(1);

    private final Database database;
    private final SanctionIndex sanctions;
    private final ModeratorIndex moderators;
    private final Clock clock;
    private final Consumer<AuditEntry> witness;

    /** All lines up to this one are in memory. */
    @GuardedBy("this")
    private long seen;

    /** Reads all that holds; no line of that is told to the witness. */
    AuditSync(
            Database database,
            SanctionIndex sanctions,
            ModeratorIndex moderators,
            Clock clock,
            Consumer<AuditEntry> witness) {
        this.database = database;
        this.sanctions = sanctions;
        this.moderators = moderators;
        this.clock = clock;
        this.witness = witness;
        this.seen = database.call(handle -> {
            // The number first: what is written meanwhile is taken over once more, not missed.
            long last = new AuditTable(handle).last();
            new SanctionTable(handle).after(0).forEach(sanction -> sanctions.set(sanction.key(), sanction));
            new ModeratorTable(handle).after(0).forEach(seat -> moderators.set(seat, true));
            return last;
        });
    }

    /** Some lines that follow one another, and of what was put since the first all that holds still. */
    private record Update(List<AuditEntry> lines, Map<Sanction.Key, Sanction> sanctions, Set<Seat> seats) {}

    private record Written<T>(T result, Update update) {}

    /**
     * Does work that writes lines, in one transaction and while nobody else does. As it begins memory is at the end of
     * the audit, so it may decide by memory; memory follows once the transaction is committed.
     */
    <T> T write(HandleCallback<T, RuntimeException> work) {
        Written<T> written = telling(taken -> database.transaction(handle -> {
            new AuditTable(handle).lock();
            takeOver(handle, taken);
            return new Written<>(work.withHandle(handle), read(handle, Integer.MAX_VALUE));
        }));
        take(written.update()).forEach(this::tell);
        return written.result();
    }

    /** Takes over what other nodes have done. */
    void refresh() {
        telling(taken -> database.call(handle -> takeOver(handle, taken)));
    }

    /** Removes what has ended, as this process measures it, unless it has been put anew. */
    void forgetEnded() {
        List<Sanction> ended = sanctions.ended(FORGOTTEN_AT_ONCE);
        while (!ended.isEmpty()) {
            List<Sanction> some = ended;
            database.transaction(handle -> {
                // Else somebody who writes several could hold one of them and wait for another.
                new AuditTable(handle).lock();
                return new SanctionTable(handle).delete(some);
            });
            forget(some);
            ended = sanctions.ended(FORGOTTEN_AT_ONCE);
        }
    }

    private synchronized void forget(List<Sanction> some) {
        some.forEach(sanctions::forget);
    }

    private synchronized long seen() {
        return seen;
    }

    /** Adds to {@code taken} the lines that were new. */
    private int takeOver(Handle handle, List<AuditEntry> taken) {
        Update update;
        do {
            update = read(handle, LINES_AT_ONCE);
            taken.addAll(take(update));
        } while (update.lines().size() == LINES_AT_ONCE);
        return taken.size();
    }

    private Update read(Handle handle, int limit) {
        long from = seen();
        List<AuditEntry> lines = new AuditTable(handle).after(from, limit);
        if (lines.isEmpty()) {
            return new Update(lines, Map.of(), Set.of());
        }
        Map<Sanction.Key, Sanction> put = new SanctionTable(handle)
                .after(from).stream().collect(Collectors.toMap(Sanction::key, sanction -> sanction));
        return new Update(lines, put, new ModeratorTable(handle).after(from));
    }

    /** The lines that were new. */
    private synchronized List<AuditEntry> take(Update update) {
        List<AuditEntry> fresh = new ArrayList<>();
        for (AuditEntry entry : update.lines()) {
            if (entry.id() > seen) {
                entry.sanction()
                        .ifPresent(key -> sanctions.set(key, update.sanctions().get(key)));
                entry.seat()
                        .ifPresent(seat -> moderators.set(seat, update.seats().contains(seat)));
                seen = entry.id();
                fresh.add(entry);
            }
        }
        return fresh;
    }

    /** Tells the witness what was taken over, without a lock or a transaction, even if the rest has failed. */
    private <T> T telling(Function<List<AuditEntry>, T> work) {
        List<AuditEntry> taken = new ArrayList<>();
        try {
            return work.apply(taken);
        } finally {
            lastOfEach(taken).forEach(entry -> tell(asOfNow(entry)));
        }
    }

    private static Collection<AuditEntry> lastOfEach(List<AuditEntry> lines) {
        Map<Object, AuditEntry> last = new LinkedHashMap<>();
        for (AuditEntry entry : lines) {
            Object about =
                    entry.sanction().<Object>map(key -> key).or(entry::seat).orElse(entry.id());
            last.remove(about);
            last.put(about, entry);
        }
        return last.values();
    }

    /** A line that comes late, with the time that is left; at least a second, since none would mean for good. */
    private AuditEntry asOfNow(AuditEntry entry) {
        return entry.sanction()
                .flatMap(sanctions::inForce)
                .filter(activeSanction -> activeSanction.sanction().change() == entry.id())
                .map(ActiveSanction::left)
                .map(left -> entry.lasting(Duration.ofSeconds(Math.max(1, left.toSeconds()))))
                .orElse(entry);
    }

    private void tell(AuditEntry entry) {
        try {
            if (isCurrent(entry)) {
                witness.accept(entry);
            }
        } catch (RuntimeException e) {
            log.error("a measure was not witnessed", e);
        }
    }

    /** Whether a line still says how things are. After an outage there may be lines of hours, most of them overtaken. */
    private boolean isCurrent(AuditEntry entry) {
        Optional<Sanction> inForce = entry.sanction().flatMap(sanctions::get);
        return switch (entry.action()) {
            case BAN, MUTE ->
                inForce.filter(sanction -> sanction.change() == entry.id()).isPresent();
            case UNBAN, UNMUTE -> inForce.isEmpty();
            case ROLE ->
                entry.seat().filter(moderators::contains).isPresent()
                        == entry.detail().equals(Role.MODERATOR.text());
            case KICK -> clock.millis() - entry.happenedAtMillis() < KICK_EXPIRES.toMillis();
            case DELETE -> true;
        };
    }
}
