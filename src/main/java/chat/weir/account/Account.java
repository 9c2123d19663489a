package chat.weir.account;

import chat.weir.protocol.UserName;
import java.util.Locale;

/**
 * A registered person, as the database had it when it was asked.
 *
 * @param id random, positive and below 2^53, so that it is a JavaScript number; never given twice
 * @param passwordVersion rises with each change of the password
 * @param createdAt in Unix seconds
 */
public record Account(long id, UserName name, Role role, long passwordVersion, long createdAt) {

    /** What an account may do on the whole server. */
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
