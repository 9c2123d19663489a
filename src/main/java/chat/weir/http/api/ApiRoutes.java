package chat.weir.http.api;

import chat.weir.enforcement.SanctionTargets;
import chat.weir.http.routing.Route;
import chat.weir.moderation.model.SanctionType;
import java.util.List;
import java.util.stream.Stream;

/** The routes of the JSON API. */
public final class ApiRoutes {
    private ApiRoutes() {}

    /**
     * Builds the routes.
     *
     * @param maxTextLength of a message, in code points
     */
    public static List<Route> of(ApiServices services, int maxTextLength) {
        SanctionTargets targets = new SanctionTargets(services.accounts(), services.moderation(), services.people());
        return Stream.of(
                        new AccountRoutes(services).routes(),
                        new OwnChannelRoutes(services).routes(),
                        new SessionRoutes(services.accounts(), services.sessions()).routes(),
                        new ChannelRoutes(services.log(), services.channels()).routes(),
                        new MessageRoutes(services.channels(), maxTextLength).routes(),
                        new MessageChangeRoutes(services, maxTextLength).routes(),
                        new SanctionRoutes(SanctionType.BAN, "bans", services.moderation(), targets).routes(),
                        new SanctionRoutes(SanctionType.MUTE, "mutes", services.moderation(), targets).routes(),
                        new RoleRoutes(services.accounts(), services.moderation()).routes(),
                        new AuditRoutes(services.auditLog(), services.moderation()).routes())
                .flatMap(List::stream)
                .toList();
    }
}
