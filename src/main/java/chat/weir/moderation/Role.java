package chat.weir.moderation;

import java.util.Locale;

/** What somebody is in a channel, the lowest first. Guests are members. */
public enum Role {
    MEMBER,
    /** Of one channel. */
    MODERATOR,
    /** Of the whole server. */
    ADMIN;

    boolean isAbove(Role other) {
        return compareTo(other) > 0;
    }

    /** As it is written in the audit. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
