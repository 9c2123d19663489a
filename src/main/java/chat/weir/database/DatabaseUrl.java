package chat.weir.database;

/**
 * The address of the database, and the credentials.
 *
 * @param url {@code jdbc:sqlite:FILE}, {@code jdbc:postgresql://HOST/NAME}, or {@code none}: in memory only
 * @param user empty: as in the URL, or none
 */
public record DatabaseUrl(String url, String user, String password) {
    static final String SQLITE = "jdbc:sqlite:";
    static final String POSTGRESQL = "jdbc:postgresql:";

    /** Stores everything in memory. */
    public static final DatabaseUrl NONE = new DatabaseUrl("none", "", "");

    /** Whether the text is a supported database URL. */
    public static boolean isUrl(String text) {
        return text.equals(NONE.url)
                || (text.startsWith(SQLITE) && text.length() > SQLITE.length())
                || (text.startsWith(POSTGRESQL) && text.length() > POSTGRESQL.length());
    }

    public boolean isNone() {
        return url.equals(NONE.url);
    }

    boolean isPostgresql() {
        return url.startsWith(POSTGRESQL);
    }

    /** Omits the password, so that it cannot get into a log by accident. */
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }
}
