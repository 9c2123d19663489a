package chat.weir.http;

import chat.weir.account.Session;

/** Who makes a request. */
sealed interface Caller {
    /** Nobody that the server knows. */
    record Stranger() implements Caller {}

    /** Somebody who is logged in. */
    record Member(Session session) implements Caller {}

    /** A backend with an API key. */
    record Backend() implements Caller {}
}
