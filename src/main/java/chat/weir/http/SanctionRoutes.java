package chat.weir.http;

import chat.weir.enforcement.SanctionTargets;
import chat.weir.moderation.AuditLine;
import chat.weir.moderation.InForce;
import chat.weir.moderation.Kind;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.Party;
import chat.weir.moderation.Reason;
import chat.weir.moderation.Sanction;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Term;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bans, or the mutes, that are in force. */
final class SanctionRoutes {
    private static final int USUAL_LIMIT = 50;

    private final Kind kind;
    private final String name;
    private final Moderation moderation;
    private final SanctionTargets targets;

    /** @param name of the path and of the list */
    SanctionRoutes(Kind kind, String name, Moderation moderation, SanctionTargets targets) {
        this.kind = kind;
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
        Sight sight = Sight.of(request, moderation);
        int limit = request.query().limit(USUAL_LIMIT, Moderation.MAX_LISTED);
        long before = request.query().id("before").orElse(Moderation.NEWEST);
        List<Sanction> page = inForce(sight, before, limit);
        return Response.page(name, page.stream().map(MeasureJson::of).toList(), next(sight, page, limit));
    }

    private List<Sanction> inForce(Sight sight, long before, int limit) {
        return moderation.list(kind, sight::shows, before, limit).stream()
                .map(InForce::sanction)
                .toList();
    }

    private @Nullable Long next(Sight sight, List<Sanction> page, int limit) {
        if (page.size() < limit) {
            return null;
        }
        long last = page.get(limit - 1).change();
        return inForce(sight, last, 1).isEmpty() ? null : (Long) last;
    }

    private Response put(Request request) {
        Scope where = Scopes.scope(request.body().string("channel"));
        UserName user = Parties.name(request.body().string("user"));
        moderation.refuseActor(by(request), kind.put(), where);
        Duration duration = request.body()
                .optionalInteger("duration")
                .map(Duration::ofSeconds)
                .orElse(null);
        Term term = new Term(
                duration, new Reason(request.body().optionalString("reason").orElse("")));
        AuditLine line = moderation.put(kind, by(request), targets.named(user, where), where, term);
        return Response.json(201, MeasureJson.of(kept(line)));
    }

    /** As it is listed; if another has changed it at once, as it was put. */
    private Sanction kept(AuditLine line) {
        return moderation.list(kind, line.scope()::equals, line.id() + 1, 1).stream()
                .map(InForce::sanction)
                .filter(sanction -> sanction.change() == line.id())
                .findFirst()
                .orElseGet(() -> new Sanction(
                        line.id(),
                        kind,
                        line.scope(),
                        line.whom(),
                        List.of(),
                        line.reason(),
                        line.by(),
                        line.happenedAtMillis(),
                        end(line)));
    }

    private static @Nullable Long end(AuditLine line) {
        Duration duration = line.duration();
        return duration == null ? null : (Long) (line.happenedAtMillis() + duration.toMillis());
    }

    /** Lifts what holds for a name, whoever was meant by it. */
    private Response lift(Request request) {
        Scope where = Scopes.scope(given(request, "channel"));
        UserName user = Parties.name(given(request, "user"));
        Reason reason = new Reason(request.query().text("reason"));
        moderation.refuseActor(by(request), kind.lift(), where);
        List<AuditLine> unused = moderation.lift(kind, by(request), targets.held(kind, user, where), where, reason);
        return Response.done();
    }

    private static Party by(Request request) {
        return SanctionTargets.of(request.session().account());
    }

    private static String given(Request request, String parameter) {
        String text = request.query().text(parameter);
        if (text.isEmpty()) {
            throw Problem.badRequest(ErrorReason.MISSING_FIELD, parameter + " is missing");
        }
        return text;
    }
}
