package chat.weir.account;

/**
 * A session that has just begun, and the only copy of its token.
 *
 * @param token to be handed to the client and forgotten
 */
public record IssuedSession(String token, LoginSession session) {

    /** Without the token, which must not get into a log by accident. */
    @Override
    public String toString() {
        return "IssuedSession[session=" + session + "]";
    }
}
