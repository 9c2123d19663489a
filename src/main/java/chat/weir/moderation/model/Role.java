package chat.weir.moderation.model;

import java.util.Locale;

/** The role of a user in a channel, lowest first. Guests are members. */
public enum Role {
    MEMBER,
    /** Of one channel. */
    MODERATOR,
    /** Of the whole server. */
    ADMIN;

    /** Whether this role ranks higher than the other. */
    public boolean isAbove(Role other) {
        return compareTo(other) > 0;
    }

    /** The form in the audit log. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
