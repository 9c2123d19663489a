package chat.weir.account;

import chat.weir.protocol.UserName;
import java.util.Locale;

/**
 * A registered account, as read from the database.
 *
 * @param id random, positive and below 2^53, so that it fits a JavaScript number; never reused
 * @param passwordVersion increases with each change of the password
 * @param createdAt in Unix seconds
 */
public record Account(long id, UserName name, Role role, long passwordVersion, long createdAt) {

    /** The role on the whole server. */
    public enum Role {
        MEMBER,
        ADMIN;

        String inDatabase() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Role fromDatabase(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
