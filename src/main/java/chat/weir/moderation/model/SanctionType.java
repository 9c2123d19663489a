package chat.weir.moderation.model;

import java.util.Locale;

/** What a sanction forbids. */
public enum SanctionType {
    /** Forbids being in the channel. */
    BAN(ModerationAction.BAN, ModerationAction.UNBAN, "banned"),
    /** Forbids sending messages. */
    MUTE(ModerationAction.MUTE, ModerationAction.UNMUTE, "muted");

    private final ModerationAction put;
    private final ModerationAction lift;
    private final String participle;

    SanctionType(ModerationAction put, ModerationAction lift, String participle) {
        this.put = put;
        this.lift = lift;
        this.participle = participle;
    }

    /** The action that sets a sanction of this type. */
    public ModerationAction put() {
        return put;
    }

    /** The action that lifts a sanction of this type. */
    public ModerationAction lift() {
        return lift;
    }

    /** The type as part of a sentence, such as "banned". */
    public String participle() {
        return participle;
    }

    /** The form in the database. */
    public String inDatabase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Parses what {@link #inDatabase} returns. */
    public static SanctionType fromDatabase(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
