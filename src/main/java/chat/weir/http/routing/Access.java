package chat.weir.http.routing;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;

/** Who may make a call. */
public enum Access {
    /** Anybody; nothing is asked about him. */
    ANYBODY,
    /** Who may read: anybody, or where accounts are required, whoever has a login or an API key. */
    READER,
    /** Whoever has a login or an API key. */
    KNOWN,
    /** Whoever has a login. */
    ACCOUNT,
    /** Whoever has an API key. */
    BACKEND,
    /** Who operates the server: whoever has an API key, or calls from this machine without a proxy. */
    OPERATOR;

    /**
     * Checks that a caller may use the route.
     *
     * @throws ChatException 401 if it takes a login or a key, 403 if it takes the other of the two
     */
    public void check(Caller caller) {
        switch (this) {
            case ANYBODY, READER -> {}
            case KNOWN -> require(!(caller instanceof Caller.Anonymous), "a login token or an API key");
            case ACCOUNT -> {
                require(!(caller instanceof Caller.Anonymous), "a login token");
                permit(caller instanceof Caller.Member, "this is for accounts, and an API key has none");
            }
            case BACKEND, OPERATOR -> {
                require(!(caller instanceof Caller.Anonymous), "an API key");
                permit(caller instanceof Caller.Backend, "this takes an API key; a login token is none");
            }
        }
    }

    private static void require(boolean isKnown, String what) {
        if (!isKnown) {
            throw new ChatException(
                    ErrorReason.UNAUTHENTICATED,
                    "this takes " + what
                            + " that is good: Authorization: Bearer ...; the one sent, if any, is unknown or has expired");
        }
    }

    private static void permit(boolean isRight, String what) {
        if (!isRight) {
            throw new ChatException(ErrorReason.FORBIDDEN, what);
        }
    }
}
