package chat.weir.history;

import chat.weir.protocol.UserName;

/**
 * The author of a message.
 *
 * @param account the account's id, {@link #GUEST} or {@link #BACKEND}
 */
public record Author(UserName name, long account) {
    /** No account has this id. */
    public static final long GUEST = 0;

    /** A backend with an API key, which may use any name. */
    public static final long BACKEND = -1;
}
