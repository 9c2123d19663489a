package chat.weir.http.routing;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;

/** Who may use a route. */
public enum Access {
    /** Everybody, without authentication. */
    PUBLIC,
    /** Everybody, or if accounts are required, callers with a login or an API key. */
    READER,
    /** Callers with a login or an API key. */
    AUTHENTICATED,
    /** Callers with a login. */
    ACCOUNT,
    /** Callers with an API key. */
    BACKEND,
    /** Operators: callers with an API key, or on this machine without a proxy. */
    OPERATOR;

    /**
     * Checks that a caller may use the route.
     *
     * @throws ChatException 401 if the caller has no valid credentials, 403 if they have the wrong kind of credentials
     */
    public void check(Caller caller) {
        switch (this) {
            case PUBLIC, READER -> {}
            case AUTHENTICATED -> require(!(caller instanceof Caller.Anonymous), "login token or API key");
            case ACCOUNT -> {
                require(!(caller instanceof Caller.Anonymous), "login token");
                permit(caller instanceof Caller.Member, "this requires a login token, not an API key");
            }
            case BACKEND, OPERATOR -> {
                require(!(caller instanceof Caller.Anonymous), "API key");
                permit(caller instanceof Caller.Backend, "this requires an API key, not a login token");
            }
        }
    }

    private static void require(boolean isKnown, String what) {
        if (!isKnown) {
            throw new ChatException(
                    ErrorReason.UNAUTHENTICATED,
                    "this requires a valid " + what
                            + " in Authorization: Bearer ...; the one in the request, if any, is unknown or expired");
        }
    }

    private static void permit(boolean isRight, String what) {
        if (!isRight) {
            throw new ChatException(ErrorReason.FORBIDDEN, what);
        }
    }
}
