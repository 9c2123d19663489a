package chat.weir.http.api;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.account.IssuedSession;
import chat.weir.account.LoginSessions;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Routes for login and logout. */
final class SessionRoutes {
    private final Accounts accounts;
    private final LoginSessions sessions;

    SessionRoutes(Accounts accounts, LoginSessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    private record LoggedIn(String token, String user, String expires) {}

    List<Route> routes() {
        return List.of(
                Route.of("POST", "/api/sessions", Access.PUBLIC, this::logIn),
                Route.of("DELETE", "/api/sessions/current", Access.ACCOUNT, this::logOut));
    }

    private Response logIn(Request request) {
        Account account =
                accounts.logIn(request.body().string("username"), request.body().string("password"), request.address());
        IssuedSession issued = sessions.begin(account);
        return Response.json(
                201,
                new LoggedIn(
                        issued.token(),
                        account.name().value(),
                        issued.session()
                                .expires()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()));
    }

    private Response logOut(Request request) {
        sessions.end(request.session());
        return Response.done();
    }
}
