package chat.weir.history;

import chat.weir.protocol.UserName;

/**
 * Who said something.
 *
 * @param account the account's id, {@link #GUEST} or {@link #BACKEND}
 */
public record Author(UserName name, long account) {
    /** No account has this id. */
    public static final long GUEST = 0;

    /** A program that speaks by an API key, under whatever name. */
    public static final long BACKEND = -1;
}
