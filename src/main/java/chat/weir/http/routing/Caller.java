package chat.weir.http.routing;

import chat.weir.account.LoginSession;

/** The caller of a request. */
public sealed interface Caller {
    /** A caller without credentials. */
    record Anonymous() implements Caller {}

    /** A user who is logged in. */
    record Member(LoginSession session) implements Caller {}

    /**
     * A backend.
     *
     * @param key identifies the API key; part of its hash
     */
    record Backend(long key) implements Caller {}
}
