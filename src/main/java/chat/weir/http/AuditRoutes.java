package chat.weir.http;

import chat.weir.moderation.Audit;
import chat.weir.moderation.AuditLine;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was done to whom, by whom, and why. */
final class AuditRoutes {
    private static final int USUAL_LIMIT = 50;

    private final Audit audit;
    private final Moderation moderation;

    AuditRoutes(Audit audit, Moderation moderation) {
        this.audit = audit;
        this.moderation = moderation;
    }

    List<Route> routes() {
        return List.of(Route.of("GET", "/api/audit", Access.ACCOUNT, this::list));
    }

    private Response list(Request request) {
        Sight sight = Sight.of(request, moderation);
        int limit = request.query().limit(USUAL_LIMIT, Audit.MAX_LINES);
        List<AuditLine> page = lines(sight, request.query().id("before").orElse(Audit.NEWEST), limit);
        return Response.page("audit", page.stream().map(MeasureJson::of).toList(), next(sight, page, limit));
    }

    private List<AuditLine> lines(Sight sight, long before, int limit) {
        Set<Scope> scopes = sight.scopes();
        return scopes == null ? audit.page(before, limit) : audit.page(scopes, before, limit);
    }

    private @Nullable Long next(Sight sight, List<AuditLine> page, int limit) {
        if (page.size() < limit) {
            return null;
        }
        long last = page.get(limit - 1).id();
        return lines(sight, last, 1).isEmpty() ? null : (Long) last;
    }
}
