package chat.weir.http.api;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Role;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import chat.weir.protocol.ErrorReason;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Routes for the moderators of channels. */
final class RoleRoutes {
    private final Accounts accounts;
    private final Moderation moderation;

    RoleRoutes(Accounts accounts, Moderation moderation) {
        this.accounts = accounts;
        this.moderation = moderation;
    }

    private record Moderators(List<String> moderators) {}

    /** Listing needs a login, like the list of accounts: anonymous callers must not learn account names. */
    List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/channels/{id}/roles", Access.AUTHENTICATED, this::list),
                Route.of("PUT", "/api/channels/{id}/roles/{user}", Access.ACCOUNT, this::setRole));
    }

    private Response list(Request request) {
        ChannelId channel = RequestScopes.channel(request.pathParameter("id"));
        List<String> names = moderation.moderatorsOf(channel).stream()
                .map(accounts::find)
                .flatMap(Optional::stream)
                .map(Account::name)
                .sorted(Comparator.comparing(name -> name.key()))
                .map(name -> name.value())
                .toList();
        return Response.json(200, new Moderators(names));
    }

    /** If the account already has the role, this is no error, so that a PUT can be repeated. */
    private Response setRole(Request request) {
        ChannelId channel = RequestScopes.channel(request.pathParameter("id"));
        Role role = role(request.body().string("role"));
        Account account = accounts.find(RequestNames.name(request.pathParameter("user")))
                .orElseThrow(() -> new ChatException(ErrorReason.NO_SUCH_USER, "no account has this name"));
        try {
            AuditEntry unused = moderation.role(
                    SanctionTargets.of(request.session().account()), SanctionTargets.of(account), channel, role);
        } catch (ChatException e) {
            if (e.code() != ErrorCode.CONFLICT || moderation.roleOf(account.id(), false, channel) != role) {
                throw e;
            }
        }
        return Response.done();
    }

    private static Role role(String text) {
        for (Role role : List.of(Role.MODERATOR, Role.MEMBER)) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return role;
            }
        }
        throw ProblemException.badRequest("the role must be moderator or member");
    }
}
