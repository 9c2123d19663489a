package chat.weir.moderation;

import java.util.Locale;

/** What a moderator can do to somebody. */
public enum ModerationAction {
    KICK,
    MUTE,
    UNMUTE,
    BAN,
    UNBAN,
    /** Gives another role in a channel. */
    ROLE,
    /** Takes back what he said. */
    DELETE;

    /** Whether it means something without a channel. */
    boolean canBeEverywhere() {
        return this != ROLE && this != DELETE;
    }

    String inDatabase() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ModerationAction fromDatabase(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
