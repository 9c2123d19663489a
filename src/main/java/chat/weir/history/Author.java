package chat.weir.history;

import chat.weir.protocol.UserName;

/**
 * Who said something.
 *
 * @param account the account's id, or {@link #GUEST}
 */
public record Author(UserName name, long account) {
    /** No account has this id. */
    public static final long GUEST = 0;
}
