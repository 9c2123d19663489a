package chat.weir.http.api;

import chat.weir.enforcement.SanctionTargets;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.ActiveSanction;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Sanction;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes for bans or mutes. */
final class SanctionRoutes {
    private static final int DEFAULT_LIMIT = 50;

    private final SanctionType type;
    private final String name;
    private final Moderation moderation;
    private final SanctionTargets targets;

    /** @param name used in the path and as the name of the list */
    SanctionRoutes(SanctionType type, String name, Moderation moderation, SanctionTargets targets) {
        this.type = type;
        this.name = name;
        this.moderation = moderation;
        this.targets = targets;
    }

    List<Route> routes() {
        String path = "/api/" + name;
        return List.of(
                Route.of("GET", path, Access.ACCOUNT, this::list),
                Route.of("POST", path, Access.ACCOUNT, this::put),
                Route.of("DELETE", path, Access.ACCOUNT, this::lift));
    }

    private Response list(Request request) {
        ModeratorView view = ModeratorView.of(request, moderation);
        int limit = request.query().limit(DEFAULT_LIMIT, Moderation.MAX_LISTED);
        long before = request.query().id("before").orElse(Moderation.NEWEST);
        List<Sanction> page = inForce(view, before, limit);
        return Response.page(name, page.stream().map(SanctionJson::of).toList(), next(view, page, limit));
    }

    private List<Sanction> inForce(ModeratorView view, long before, int limit) {
        return moderation.list(type, view::shows, before, limit).stream()
                .map(ActiveSanction::sanction)
                .toList();
    }

    private @Nullable Long next(ModeratorView view, List<Sanction> page, int limit) {
        if (page.size() < limit) {
            return null;
        }
        long last = page.get(limit - 1).change();
        return inForce(view, last, 1).isEmpty() ? null : (Long) last;
    }

    private Response put(Request request) {
        Scope where = RequestScopes.scope(request.body().string("channel"));
        UserName user = RequestNames.name(request.body().string("user"));
        moderation.checkActor(by(request), type.put(), where);
        Duration duration = request.body()
                .optionalInteger("duration")
                .map(Duration::ofSeconds)
                .orElse(null);
        SanctionTerm term = new SanctionTerm(
                duration, new Reason(request.body().optionalString("reason").orElse("")));
        AuditEntry entry = moderation.put(type, by(request), targets.named(user, where), where, term);
        return Response.json(201, SanctionJson.of(stored(entry)));
    }

    /** The stored sanction. If it was replaced in the meantime, the one that was set. */
    private Sanction stored(AuditEntry entry) {
        return moderation.list(type, entry.scope()::equals, entry.id() + 1, 1).stream()
                .map(ActiveSanction::sanction)
                .filter(sanction -> sanction.change() == entry.id())
                .findFirst()
                .orElseGet(() -> new Sanction(
                        entry.id(),
                        type,
                        entry.scope(),
                        entry.target(),
                        List.of(),
                        entry.reason(),
                        entry.by(),
                        entry.happenedAtMillis(),
                        end(entry)));
    }

    private static @Nullable Long end(AuditEntry entry) {
        Duration duration = entry.duration();
        return duration == null ? null : (Long) (entry.happenedAtMillis() + duration.toMillis());
    }

    /** Lifts all sanctions of this type for a name: of an account as well as of guests. */
    private Response lift(Request request) {
        Scope where = RequestScopes.scope(required(request, "channel"));
        UserName user = RequestNames.name(required(request, "user"));
        Reason reason = new Reason(request.query().text("reason"));
        moderation.checkActor(by(request), type.lift(), where);
        List<AuditEntry> unused = moderation.lift(type, by(request), targets.held(type, user, where), where, reason);
        return Response.done();
    }

    private static Actor by(Request request) {
        return SanctionTargets.of(request.session().account());
    }

    private static String required(Request request, String parameter) {
        String text = request.query().text(parameter);
        if (text.isEmpty()) {
            throw ProblemException.badRequest(ErrorReason.MISSING_FIELD, parameter + " is missing");
        }
        return text;
    }
}
