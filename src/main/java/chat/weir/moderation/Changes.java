package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.moderation.Moderators.Seat;
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
 * harm to what is newer. The witness is told only of lines that still hold, and of kicks that are younger than a minute;
 * of several lines about the same sanction or role, which come together after an outage, only of the last.
 *
 * <p>All methods wait for the database, and throw an {@link chat.weir.protocol.ErrorReply} 503 if it does not answer.
 *
 * <p>Threading: safe; memory is changed under its lock, which is not held while the database is asked.
 */
final class Changes {
    private static final Logger log = LoggerFactory.getLogger(Changes.class);
    private static final int LINES_AT_ONCE = 1_000;
    private static final int FORGOTTEN_AT_ONCE = 500;

    /** A kick means who was there then. */
    private static final Duration KICK_EXPIRES = Duration.ofMinutes(1);

    private final Database database;
    private final Sanctions sanctions;
    private final Moderators moderators;
    private final Clock clock;
    private final Consumer<AuditLine> witness;

    /** All lines up to this one are in memory. */
    @GuardedBy("this")
    private long seen;

    /** Reads all that holds; no line of that is told to the witness. */
    Changes(Database database, Sanctions sanctions, Moderators moderators, Clock clock, Consumer<AuditLine> witness) {
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
    private record Batch(List<AuditLine> lines, Map<Sanction.Key, Sanction> sanctions, Set<Seat> seats) {}

    private record Written<T>(T result, Batch batch) {}

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
        take(written.batch()).forEach(this::tell);
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
    private int takeOver(Handle handle, List<AuditLine> taken) {
        Batch batch;
        do {
            batch = read(handle, LINES_AT_ONCE);
            taken.addAll(take(batch));
        } while (batch.lines().size() == LINES_AT_ONCE);
        return taken.size();
    }

    private Batch read(Handle handle, int limit) {
        long from = seen();
        List<AuditLine> lines = new AuditTable(handle).after(from, limit);
        if (lines.isEmpty()) {
            return new Batch(lines, Map.of(), Set.of());
        }
        Map<Sanction.Key, Sanction> put = new SanctionTable(handle)
                .after(from).stream().collect(Collectors.toMap(Sanction::key, sanction -> sanction));
        return new Batch(lines, put, new ModeratorTable(handle).after(from));
    }

    /** The lines that were new. */
    private synchronized List<AuditLine> take(Batch batch) {
        List<AuditLine> fresh = new ArrayList<>();
        for (AuditLine line : batch.lines()) {
            if (line.id() > seen) {
                line.sanction()
                        .ifPresent(key -> sanctions.set(key, batch.sanctions().get(key)));
                line.seat().ifPresent(seat -> moderators.set(seat, batch.seats().contains(seat)));
                seen = line.id();
                fresh.add(line);
            }
        }
        return fresh;
    }

    /** Tells the witness what was taken over, without a lock or a transaction, even if the rest has failed. */
    private <T> T telling(Function<List<AuditLine>, T> work) {
        List<AuditLine> taken = new ArrayList<>();
        try {
            return work.apply(taken);
        } finally {
            lastOfEach(taken).forEach(line -> tell(asOfNow(line)));
        }
    }

    private static Collection<AuditLine> lastOfEach(List<AuditLine> lines) {
        Map<Object, AuditLine> last = new LinkedHashMap<>();
        for (AuditLine line : lines) {
            Object about =
                    line.sanction().<Object>map(key -> key).or(line::seat).orElse(line.id());
            last.remove(about);
            last.put(about, line);
        }
        return last.values();
    }

    /** A line that comes late, with the time that is left; at least a second, since none would mean for good. */
    private AuditLine asOfNow(AuditLine line) {
        return line.sanction()
                .flatMap(sanctions::inForce)
                .filter(inForce -> inForce.sanction().change() == line.id())
                .map(InForce::left)
                .map(left -> line.lasting(Duration.ofSeconds(Math.max(1, left.toSeconds()))))
                .orElse(line);
    }

    private void tell(AuditLine line) {
        try {
            if (isCurrent(line)) {
                witness.accept(line);
            }
        } catch (RuntimeException e) {
            log.error("a measure was not witnessed", e);
        }
    }

    /** Whether a line still says how things are. After an outage there may be lines of hours, most of them overtaken. */
    private boolean isCurrent(AuditLine line) {
        Optional<Sanction> inForce = line.sanction().flatMap(sanctions::get);
        return switch (line.measure()) {
            case BAN, MUTE ->
                inForce.filter(sanction -> sanction.change() == line.id()).isPresent();
            case UNBAN, UNMUTE -> inForce.isEmpty();
            case ROLE ->
                line.seat().filter(moderators::contains).isPresent()
                        == line.detail().equals(Role.MODERATOR.text());
            case KICK -> clock.millis() - line.happenedAtMillis() < KICK_EXPIRES.toMillis();
            case DELETE -> true;
        };
    }
}
