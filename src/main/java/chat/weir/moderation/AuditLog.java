package chat.weir.moderation;

import chat.weir.database.Database;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ChatException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the audit log. {@link Moderation} writes its entries.
 *
 * <p>All methods block on the database, and throw a {@link ChatException} 503 if it does not answer.
 *
 * <p>Threading: safe.
 */
public final class AuditLog {
    /** The maximum size of a page. */
    public static final int MAX_ENTRIES = 100;

    /** An id above all others. */
    public static final long NEWEST = Long.MAX_VALUE;

    /** The engines limit the number of parameters of a statement. */
    private static final int SCOPES_PER_QUERY = 500;

    private final Database database;

    public AuditLog(Database database) {
        this.database = database;
    }

    /** The entries with ids below {@code before}, newest first; at most {@code limit} and {@value #MAX_ENTRIES}. */
    public List<AuditEntry> page(long before, int limit) {
        return database.call(handle -> new AuditTable(handle).before(before, bounded(limit)));
    }

    /** Like {@link #page(long, int)}, restricted to these scopes. */
    public List<AuditEntry> page(Collection<Scope> scopes, long before, int limit) {
        List<String> texts = scopes.stream().map(Scope::text).distinct().toList();
        List<AuditEntry> entries = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += SCOPES_PER_QUERY) {
            List<String> some = texts.subList(from, Math.min(from + SCOPES_PER_QUERY, texts.size()));
            entries.addAll(database.call(handle -> new AuditTable(handle).before(before, bounded(limit), some)));
        }
        entries.sort(Comparator.comparingLong(AuditEntry::id).reversed());
        return entries.subList(0, Math.min(bounded(limit), entries.size()));
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(limit, MAX_ENTRIES));
    }
}
