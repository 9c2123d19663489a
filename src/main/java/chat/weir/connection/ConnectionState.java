package chat.weir.connection;

/** What a connection may do, as metrics tell it; see {@link AuthState}. */
public enum ConnectionState {
    /** Has no name. */
    ANONYMOUS,
    /** Has a name that is not confirmed yet. */
    PENDING,
    /** May send messages. */
    AUTHENTICATED
}
