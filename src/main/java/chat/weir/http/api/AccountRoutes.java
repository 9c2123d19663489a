package chat.weir.http.api;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.account.BlockTable;
import chat.weir.account.LoginRegistry;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.moderation.Moderation;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Routes for registration, the caller's own account, and the list of accounts. */
final class AccountRoutes {
    private static final String ALL = "/api/accounts";
    private static final String OWN = "/api/accounts/me";
    /** A relative path, because a proxy may add a prefix to it. */
    private static final String LOCATION = "accounts/me";

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final Accounts accounts;
    private final LoginRegistry<?> logins;
    private final BlockTable blocks;
    private final Moderation moderation;
    private final ChannelAccess channels;

    AccountRoutes(ApiServices services) {
        this.accounts = services.accounts();
        this.logins = services.logins();
        this.blocks = services.blocks();
        this.moderation = services.moderation();
        this.channels = services.channels();
    }

    private record Registered(String user, String created) {}

    private record Own(String user, String role, String created) {}

    private record Entry(String user, boolean online) {}

    List<Route> routes() {
        return List.of(
                Route.of("POST", ALL, Access.PUBLIC, this::register),
                Route.of("GET", ALL, Access.AUTHENTICATED, this::list),
                Route.of("GET", OWN, Access.ACCOUNT, AccountRoutes::own),
                Route.of("GET", OWN + "/blocks", Access.ACCOUNT, this::blocks),
                Route.of("DELETE", OWN, Access.ACCOUNT, this::delete),
                Route.of("PUT", OWN + "/password", Access.ACCOUNT, this::changePassword));
    }

    private Response register(Request request) {
        String resume = request.body().optionalString("resume").orElse(null);
        Account account = accounts.register(
                request.body().string("username"),
                request.body().string("password"),
                request.address(),
                name -> checkUnused(name, resume));
        return Response.json(
                201, new Registered(account.name().value(), created(account)), Map.of("Location", LOCATION));
    }

    /** A guest would lose the name at the first login of the new account. */
    private void checkUnused(UserName name, @Nullable String resume) {
        if (moderation.isSanctioned(name)) {
            throw new ChatException(
                    ErrorReason.NAME_TAKEN, "a user of this name is banned or muted: the name is free when that ends");
        }
        if (channels.isUsedByAnother(name, resume)) {
            throw new ChatException(
                    ErrorReason.NAME_TAKEN,
                    "a guest has this name now: only they can register it, with their resume secret");
        }
    }

    private Response list(Request request) {
        int limit = request.query().limit(DEFAULT_LIMIT, MAX_LIMIT);
        List<Account> found =
                accounts.list(request.query().text("prefix"), request.query().text("after"), limit + 1);
        List<Entry> page = found.stream()
                .limit(limit)
                .map(account -> new Entry(account.name().value(), logins.isOnline(account.id())))
                .toList();
        return Response.page(
                "accounts", page, found.size() > limit ? page.get(limit - 1).user() : null);
    }

    private static Response own(Request request) {
        Account account = request.session().account();
        return Response.json(
                200, new Own(account.name().value(), account.role().name().toLowerCase(Locale.ROOT), created(account)));
    }

    /** Not paged, because an account has few blocks: {@value BlockTable#MAX} at most. */
    private Response blocks(Request request) {
        return Response.page("blocks", blocks.names(request.session().account().id()), null);
    }

    private Response delete(Request request) {
        Account account = request.session().account();
        switch (request.query().text("messages")) {
            case "", "keep" -> accounts.delete(account);
            case "delete" -> accounts.deleteWithMessages(account);
            default -> throw ProblemException.badRequest("messages must be keep or delete");
        }
        return Response.done();
    }

    private Response changePassword(Request request) {
        accounts.changePassword(
                request.session(),
                request.body().string("current"),
                request.body().string("new"),
                request.address());
        return Response.done();
    }

    private static String created(Account account) {
        return Instant.ofEpochSecond(account.createdAt()).toString();
    }
}
