package chat.weir.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Describes in a few words why the database failed, without quoting statements or arguments. */
final class FailureReason {
    /** The primary result code is the lowest byte of SQLite's extended code. */
    private static final int PRIMARY_CODE = 0xFF;

    private static final String UNREACHABLE = "the database is unreachable";

    private FailureReason() {}

    static String of(Throwable failure, boolean isPostgresql) {
        SQLException e = sqlException(failure);
        if (e == null) {
            return "internal error: " + failure.getClass().getSimpleName();
        }
        if (e instanceof DatabaseFile.Lost) {
            return String.valueOf(e.getMessage());
        }
        return isPostgresql ? ofState(String.valueOf(e.getSQLState())) : ofSqlite(e.getErrorCode() & PRIMARY_CODE);
    }

    /** Whether SQLite reports that its file is corrupt. */
    static boolean isCorruption(Throwable failure) {
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
            case SQLITE_READONLY, SQLITE_PERM -> "the database file is read-only";
            case SQLITE_IOERR -> "disk I/O error";
            case SQLITE_CANTOPEN -> "the database file cannot be opened";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "the database file is damaged";
            default -> "the database failed";
        };
    }

    /** Maps the SQLSTATE (PostgreSQL documentation, appendix A). */
    private static String ofState(String state) {
        if (state.startsWith("53100")) {
            return "the database's disk is full";
        }
        if (state.startsWith("25006")) {
            return "the database is read-only";
        }
        return state.startsWith("08") || state.startsWith("57") || state.equals("null")
                ? UNREACHABLE
                : "the database failed";
    }
}
