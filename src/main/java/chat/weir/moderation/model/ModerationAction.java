package chat.weir.moderation.model;

import java.util.Locale;

/** The actions that a moderator can take against a user. */
public enum ModerationAction {
    KICK,
    MUTE,
    UNMUTE,
    BAN,
    UNBAN,
    /** Changes the role in a channel. */
    ROLE,
    /** Deletes a message of the user. */
    DELETE;

    /** Whether the action can have the scope everywhere. */
    public boolean canBeEverywhere() {
        return this != ROLE && this != DELETE;
    }

    /** The form in the database. */
    public String inDatabase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Parses what {@link #inDatabase} returns. */
    public static ModerationAction fromDatabase(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
