package chat.weir.database;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** Says in one line why PostgreSQL cannot be connected to, and what to do. */
final class ConnectFailure {
    private ConnectFailure() {}

    static String of(SQLException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof UnknownHostException) {
                return "there is no host of that name: check DATABASE_URL";
            }
            if (e instanceof ConnectException) {
                return "nothing listens there: start PostgreSQL, or check host and port in DATABASE_URL";
            }
            if (e instanceof SocketTimeoutException) {
                return "nothing answers there: check host and port in DATABASE_URL, and the firewall";
            }
        }
        return bySqlState(failure);
    }

    /** PostgreSQL, appendix A. */
    private static String bySqlState(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "28P01", "28000" ->
                "the server refuses the user: check DATABASE_USER and DATABASE_PASSWORD (" + failure.getMessage() + ")";
            case "08004" ->
                "the server refuses the connection: check DATABASE_USER and DATABASE_PASSWORD (" + failure.getMessage()
                        + ")";
            case "3D000" ->
                "there is no such database: create it, or check DATABASE_URL (" + failure.getMessage() + ")";
            case "53300" -> "the server has no connection left: raise its max_connections";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
