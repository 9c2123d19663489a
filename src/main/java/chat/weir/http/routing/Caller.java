package chat.weir.http.routing;

import chat.weir.account.LoginSession;

/** Who makes a request. */
public sealed interface Caller {
    /** Nobody that the server knows. */
    record Anonymous() implements Caller {}

    /** Somebody who is logged in. */
    record Member(LoginSession session) implements Caller {}

    /**
     * A backend.
     *
     * @param key which API key it has, told apart from the others by its hash
     */
    record Backend(long key) implements Caller {}
}
