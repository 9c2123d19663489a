package chat.weir.database;

/**
 * Where the database is.
 *
 * @param url {@code jdbc:sqlite:FILE}, {@code jdbc:postgresql://HOST/NAME}, or {@code none}: nothing outlives the process
 * @param user empty: as the URL says, or none
 */
public record DatabaseUrl(String url, String user, String password) {
    static final String SQLITE = "jdbc:sqlite:";
    static final String POSTGRESQL = "jdbc:postgresql:";

    /** Keeps everything in memory. */
    public static final DatabaseUrl NONE = new DatabaseUrl("none", "", "");

    /** Whether a text is the URL of a database that can be used. */
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

    /** Without the password, which must not get into a log by accident. */
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }
}
