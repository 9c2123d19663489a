package chat.weir.moderation;

import java.util.Locale;

/** What a sanction forbids. */
public enum SanctionType {
    /** To be there. */
    BAN(ModerationAction.BAN, ModerationAction.UNBAN, "banned"),
    /** To say something. */
    MUTE(ModerationAction.MUTE, ModerationAction.UNMUTE, "muted");

    private final ModerationAction put;
    private final ModerationAction lift;
    private final String participle;

    SanctionType(ModerationAction put, ModerationAction lift, String participle) {
        this.put = put;
        this.lift = lift;
        this.participle = participle;
    }

    /** The moderation action that begins one. */
    public ModerationAction put() {
        return put;
    }

    /** The moderation action that ends one. */
    public ModerationAction lift() {
        return lift;
    }

    String participle() {
        return participle;
    }

    String inDatabase() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SanctionType fromDatabase(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
