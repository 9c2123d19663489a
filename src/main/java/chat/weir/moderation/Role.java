package chat.weir.moderation;

import java.util.Locale;

/** The role of a user in a channel, lowest first. Guests are members. */
public enum Role {
    MEMBER,
    /** Of one channel. */
    MODERATOR,
    /** Of the whole server. */
    ADMIN;

    boolean isAbove(Role other) {
        return compareTo(other) > 0;
    }

    /** The form in the audit log. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
