package chat.weir.account;

/**
 * A new session with its token, which is not stored anywhere.
 *
 * @param token to be sent to the client
 */
public record IssuedSession(String token, LoginSession session) {

    /** Omits the token, so that it cannot get into a log by accident. */
    @Override
    public String toString() {
        return "IssuedSession[session=" + session + "]";
    }
}
