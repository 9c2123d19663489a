package chat.weir.database;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** Describes in one line why the connection to PostgreSQL failed, and how to fix it. */
final class ConnectFailure {
    private ConnectFailure() {}

    static String of(SQLException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof UnknownHostException) {
                return "unknown host: check DATABASE_URL";
            }
            if (e instanceof ConnectException) {
                return "connection refused: start PostgreSQL, or check host and port in DATABASE_URL";
            }
            if (e instanceof SocketTimeoutException) {
                return "no answer: check host and port in DATABASE_URL, and the firewall";
            }
        }
        return bySqlState(failure);
    }

    /** Maps the SQLSTATE (PostgreSQL documentation, appendix A). */
    private static String bySqlState(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "28P01", "28000" ->
                "the server rejects the user: check DATABASE_USER and DATABASE_PASSWORD (" + failure.getMessage() + ")";
            case "08004" ->
                "the server rejects the connection: check DATABASE_USER and DATABASE_PASSWORD (" + failure.getMessage()
                        + ")";
            case "3D000" ->
                "the database does not exist: create it, or check DATABASE_URL (" + failure.getMessage() + ")";
            case "53300" -> "the server has no free connection: raise its max_connections";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
