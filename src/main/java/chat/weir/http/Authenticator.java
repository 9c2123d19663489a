package chat.weir.http;

import chat.weir.account.LoginSessions;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.Caller;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Identifies the caller of a request by its {@code Authorization} header (RFC 6750 section 2.1).
 *
 * <p>Threading: safe.
 */
final class Authenticator {
    private static final String SCHEME = "bearer ";

    private final LoginSessions sessions;
    private final ApiKeys keys;
    private final boolean requireAccount;

    Authenticator(LoginSessions sessions, ApiKeys keys, boolean requireAccount) {
        this.sessions = sessions;
        this.keys = keys;
        this.requireAccount = requireAccount;
    }

    /**
     * Identifies the caller, if the route needs that, and checks the access. May block on the database.
     *
     * @param isLocal whether the request comes from this machine and was not forwarded by a proxy
     * @throws chat.weir.protocol.ChatException 401, 403 or 503
     */
    Caller admit(Access access, String authorization, boolean isLocal) {
        if (access == Access.OPERATOR && isLocal) {
            return new Caller.Backend(0);
        }
        Access required = access == Access.READER && requireAccount ? Access.AUTHENTICATED : access;
        if (required == Access.PUBLIC) {
            return new Caller.Anonymous();
        }
        Caller caller = bearer(authorization).map(this::caller).orElseGet(Caller.Anonymous::new);
        required.check(caller);
        return caller;
    }

    private Caller caller(String token) {
        OptionalLong key = keys.find(token);
        if (key.isPresent()) {
            return new Caller.Backend(key.getAsLong());
        }
        return sessions.find(token).<Caller>map(Caller.Member::new).orElseGet(Caller.Anonymous::new);
    }

    private static Optional<String> bearer(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
