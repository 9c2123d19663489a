package chat.weir.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Says in a few words why a database failed, without quoting statements or their arguments. */
final class FailureReason {
    /** SQLite's extended codes have the primary one in their lowest byte. */
    private static final int PRIMARY_CODE = 0xFF;

    private static final String UNREACHABLE = "the database cannot be reached";

    private FailureReason() {}

    static String of(Throwable failure, boolean isPostgresql) {
        SQLException e = sqlException(failure);
        if (e == null) {
            return "the server has a fault: " + failure.getClass().getSimpleName();
        }
        if (e instanceof DatabaseFile.Lost) {
            return String.valueOf(e.getMessage());
        }
        return isPostgresql ? ofState(String.valueOf(e.getSQLState())) : ofSqlite(e.getErrorCode() & PRIMARY_CODE);
    }

    /** Whether SQLite has found that its file is not what it has written. */
    static boolean isDamage(Throwable failure) {
        SQLException e = sqlException(failure);
        int code = e == null ? 0 : e.getErrorCode() & PRIMARY_CODE;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String ofSqlite(int code) {
        return switch (SQLiteErrorCode.getErrorCode(code)) {
            case SQLITE_FULL -> "the disk is full";
            case SQLITE_BUSY, SQLITE_LOCKED -> "another process has locked the database";
            case SQLITE_READONLY, SQLITE_PERM -> "the database file may not be written";
            case SQLITE_IOERR -> "the disk reports an error";
            case SQLITE_CANTOPEN -> "the database file cannot be opened";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "the database file is damaged";
            default -> "the database failed";
        };
    }

    /** By SQLSTATE (PostgreSQL, appendix A). */
    private static String ofState(String state) {
        if (state.startsWith("53100")) {
            return "the database's disk is full";
        }
        if (state.startsWith("25006")) {
            return "the database may only be read";
        }
        return state.startsWith("08") || state.startsWith("57") || state.equals("null")
                ? UNREACHABLE
                : "the database failed";
    }
}
