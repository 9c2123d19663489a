package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.moderation.ModeratorIndex.Assignment;
import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.Sanction;
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
 * Keeps the in-memory indexes in step with the database. It applies the entries of the audit log in order and exactly
 * once, whichever thread or node wrote them. An entry only names what has changed; the current state is read from the
 * database, so a late entry cannot overwrite newer state. The listener is notified only of entries that are still
 * current, and of kicks that are younger than a minute. If several entries about the same sanction or role arrive
 * together, for example after an outage, it is notified only of the last.
 *
 * <p>All methods block on the database, and throw a {@link chat.weir.protocol.ChatException} 503 if it does not
 * answer.
 *
 * <p>Threading: safe; the indexes are changed under this object's lock, which is not held during queries.
 */
final class AuditSync {
    private static final Logger log = LoggerFactory.getLogger(AuditSync.class);
    private static final int ENTRIES_PER_QUERY = 1_000;
    private static final int REMOVALS_PER_TRANSACTION = 500;

    /** A kick affects only users who are connected at that time, so an old one has no effect. */
    private static final Duration KICK_VALIDITY = Duration.ofMinutes(1);

    private final Database database;
    private final SanctionIndex sanctions;
    private final ModeratorIndex moderators;
    private final Clock clock;
    private final Consumer<AuditEntry> listener;

    /** All entries up to this id have been applied. */
    @GuardedBy("this")
    private long applied;

    /** Reads the current state, without notifying the listener. */
    AuditSync(
            Database database,
            SanctionIndex sanctions,
            ModeratorIndex moderators,
            Clock clock,
            Consumer<AuditEntry> listener) {
        this.database = database;
        this.sanctions = sanctions;
        this.moderators = moderators;
        this.clock = clock;
        this.listener = listener;
        this.applied = database.call(handle -> {
            // Read the last id first: entries that are written in between are then applied twice instead of missed.
            long last = new AuditTable(handle).last();
            new SanctionTable(handle).after(0).forEach(sanction -> sanctions.set(sanction.key(), sanction));
            new ModeratorTable(handle).after(0).forEach(assignment -> moderators.set(assignment, true));
            return last;
        });
    }

    /** Consecutive entries, and the current state of all sanctions and roles that have changed since the first. */
    private record Update(
            List<AuditEntry> entries, Map<Sanction.Key, Sanction> sanctions, Set<Assignment> assignments) {}

    private record Written<T>(T result, Update update) {}

    /**
     * Runs work that writes entries, in one transaction that excludes all other writers. When it starts, the indexes
     * are up to date, so the work may rely on them. They are updated after the commit.
     */
    <T> T write(HandleCallback<T, RuntimeException> work) {
        Written<T> written = notifying(applied -> database.transaction(handle -> {
            new AuditTable(handle).lock();
            applyNew(handle, applied);
            return new Written<>(work.withHandle(handle), read(handle, Integer.MAX_VALUE));
        }));
        apply(written.update()).forEach(this::notifyListener);
        return written.result();
    }

    /** Applies the entries of other nodes. */
    void refresh() {
        notifying(applied -> database.call(handle -> applyNew(handle, applied)));
    }

    /** Removes sanctions that have expired by this process's clock, unless they were renewed. */
    void removeExpired() {
        List<Sanction> ended = sanctions.expired(REMOVALS_PER_TRANSACTION);
        while (!ended.isEmpty()) {
            List<Sanction> some = ended;
            database.transaction(handle -> {
                // Without this lock, two processes that delete several rows could deadlock.
                new AuditTable(handle).lock();
                return new SanctionTable(handle).delete(some);
            });
            remove(some);
            ended = sanctions.expired(REMOVALS_PER_TRANSACTION);
        }
    }

    private synchronized void remove(List<Sanction> some) {
        some.forEach(sanctions::remove);
    }

    private synchronized long applied() {
        return applied;
    }

    /** Applies all new entries, and adds them to {@code applied}. */
    private int applyNew(Handle handle, List<AuditEntry> applied) {
        Update update;
        do {
            update = read(handle, ENTRIES_PER_QUERY);
            applied.addAll(apply(update));
        } while (update.entries().size() == ENTRIES_PER_QUERY);
        return applied.size();
    }

    private Update read(Handle handle, int limit) {
        long from = applied();
        List<AuditEntry> entries = new AuditTable(handle).after(from, limit);
        if (entries.isEmpty()) {
            return new Update(entries, Map.of(), Set.of());
        }
        Map<Sanction.Key, Sanction> put = new SanctionTable(handle)
                .after(from).stream().collect(Collectors.toMap(Sanction::key, sanction -> sanction));
        return new Update(entries, put, new ModeratorTable(handle).after(from));
    }

    /** Applies an update. @return the entries that were new */
    private synchronized List<AuditEntry> apply(Update update) {
        List<AuditEntry> fresh = new ArrayList<>();
        for (AuditEntry entry : update.entries()) {
            if (entry.id() > applied) {
                entry.sanction()
                        .ifPresent(key -> sanctions.set(key, update.sanctions().get(key)));
                Assignment.of(entry)
                        .ifPresent(assignment ->
                                moderators.set(assignment, update.assignments().contains(assignment)));
                applied = entry.id();
                fresh.add(entry);
            }
        }
        return fresh;
    }

    /**
     * Runs the work, and then notifies the listener outside any lock or transaction, even if the work fails halfway.
     */
    private <T> T notifying(Function<List<AuditEntry>, T> work) {
        List<AuditEntry> applied = new ArrayList<>();
        try {
            return work.apply(applied);
        } finally {
            lastOfEach(applied).forEach(entry -> notifyListener(withRemainingTime(entry)));
        }
    }

    private static Collection<AuditEntry> lastOfEach(List<AuditEntry> entries) {
        Map<Object, AuditEntry> last = new LinkedHashMap<>();
        for (AuditEntry entry : entries) {
            Object about = entry.sanction()
                    .<Object>map(key -> key)
                    .or(() -> Assignment.of(entry))
                    .orElse(entry.id());
            last.remove(about);
            last.put(about, entry);
        }
        return last.values();
    }

    /** A late entry with the remaining time; at least a second, since zero would mean permanent. */
    private AuditEntry withRemainingTime(AuditEntry entry) {
        return entry.sanction()
                .flatMap(sanctions::inForce)
                .filter(activeSanction -> activeSanction.sanction().change() == entry.id())
                .map(ActiveSanction::left)
                .map(left -> entry.withDuration(Duration.ofSeconds(Math.max(1, left.toSeconds()))))
                .orElse(entry);
    }

    private void notifyListener(AuditEntry entry) {
        try {
            if (isCurrent(entry)) {
                listener.accept(entry);
            }
        } catch (RuntimeException e) {
            log.error("notifying of a moderation action failed", e);
        }
    }

    /** Whether an entry still describes the current state. After an outage, most entries may be outdated. */
    private boolean isCurrent(AuditEntry entry) {
        Optional<Sanction> inForce = entry.sanction().flatMap(sanctions::get);
        return switch (entry.action()) {
            case BAN, MUTE ->
                inForce.filter(sanction -> sanction.change() == entry.id()).isPresent();
            case UNBAN, UNMUTE -> inForce.isEmpty();
            case ROLE ->
                Assignment.of(entry).filter(moderators::contains).isPresent()
                        == entry.detail().equals(Role.MODERATOR.text());
            case KICK -> clock.millis() - entry.happenedAtMillis() < KICK_VALIDITY.toMillis();
            case DELETE -> true;
        };
    }
}
