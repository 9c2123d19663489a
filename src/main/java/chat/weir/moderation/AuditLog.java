package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.protocol.ChatException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the log of moderation actions. Its entries are written with their actions, by {@link Moderation}.
 *
 * <p>All methods wait for the database, and throw an {@link ChatException} 503 if it does not answer.
 *
 * <p>Threading: safe.
 */
public final class AuditLog {
    /** The most that a page has. */
    public static final int MAX_LINES = 100;

    /** As {@code before}: from the newest line on. */
    public static final long NEWEST = Long.MAX_VALUE;

    /** An engine takes only so many values in a statement. */
    private static final int SCOPES_AT_ONCE = 500;

    private final Database database;

    public AuditLog(Database database) {
        this.database = database;
    }

    /** The lines before that one, the newest first, at most so many, and a hundred. */
    public List<AuditEntry> page(long before, int limit) {
        return database.call(handle -> new AuditTable(handle).before(before, bounded(limit)));
    }

    /** The same of these scopes only. */
    public List<AuditEntry> page(Collection<Scope> scopes, long before, int limit) {
        List<String> texts = scopes.stream().map(Scope::text).distinct().toList();
        List<AuditEntry> lines = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += SCOPES_AT_ONCE) {
            List<String> some = texts.subList(from, Math.min(from + SCOPES_AT_ONCE, texts.size()));
            lines.addAll(database.call(handle -> new AuditTable(handle).before(before, bounded(limit), some)));
        }
        lines.sort(Comparator.comparingLong(AuditEntry::id).reversed());
        return lines.subList(0, Math.min(bounded(limit), lines.size()));
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(limit, MAX_LINES));
    }
}
