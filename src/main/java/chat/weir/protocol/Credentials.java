package chat.weir.protocol;

/** Proof that the client may use an account. */
public sealed interface Credentials {
    /** A name and a password. */
    record Password(String username, String password) implements Credentials {
        @Override
        public String toString() {
            return "Password[" + username + "]";
        }
    }

    /** The token of a session that was created through the HTTP API. */
    record Token(String token) implements Credentials {
        @Override
        public String toString() {
            return "Token[]";
        }
    }
}
