package chat.weir.moderation;

import java.util.Locale;

/** What a sanction forbids. */
public enum Kind {
    /** To be there. */
    BAN(Measure.BAN, Measure.UNBAN, "banned"),
    /** To say something. */
    MUTE(Measure.MUTE, Measure.UNMUTE, "muted");

    private final Measure put;
    private final Measure lift;
    private final String participle;

    Kind(Measure put, Measure lift, String participle) {
        this.put = put;
        this.lift = lift;
        this.participle = participle;
    }

    /** The measure that begins one. */
    public Measure put() {
        return put;
    }

    /** The measure that ends one. */
    public Measure lift() {
        return lift;
    }

    String participle() {
        return participle;
    }

    String inDatabase() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind fromDatabase(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
