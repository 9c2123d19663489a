package chat.weir.http.api;

import chat.weir.http.routing.Access;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.moderation.AuditLog;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The route of the audit log. */
final class AuditRoutes {
    private static final int DEFAULT_LIMIT = 50;

    private final AuditLog auditLog;
    private final Moderation moderation;

    AuditRoutes(AuditLog auditLog, Moderation moderation) {
        this.auditLog = auditLog;
        this.moderation = moderation;
    }

    List<Route> routes() {
        return List.of(Route.of("GET", "/api/audit", Access.ACCOUNT, this::list));
    }

    private Response list(Request request) {
        ModeratorView view = ModeratorView.of(request, moderation);
        int limit = request.query().limit(DEFAULT_LIMIT, AuditLog.MAX_ENTRIES);
        List<AuditEntry> page = entries(view, request.query().id("before").orElse(AuditLog.NEWEST), limit);
        return Response.page("audit", page.stream().map(SanctionJson::of).toList(), next(view, page, limit));
    }

    private List<AuditEntry> entries(ModeratorView view, long before, int limit) {
        Set<Scope> scopes = view.scopes();
        return scopes == null ? auditLog.page(before, limit) : auditLog.page(scopes, before, limit);
    }

    private @Nullable Long next(ModeratorView view, List<AuditEntry> page, int limit) {
        if (page.size() < limit) {
            return null;
        }
        long last = page.get(limit - 1).id();
        return entries(view, last, 1).isEmpty() ? null : (Long) last;
    }
}
