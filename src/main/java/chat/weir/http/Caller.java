package chat.weir.http;

import chat.weir.account.Session;

/** Who makes a request. */
sealed interface Caller {
    /** Nobody that the server knows. */
    record Stranger() implements Caller {}

    /** Somebody who is logged in. */
    record Member(Session session) implements Caller {}

    /**
     * A backend.
     *
     * @param key which API key it has, told apart from the others by its hash
     */
    record Backend(long key) implements Caller {}
}
