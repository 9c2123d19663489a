package chat.weir.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectFailureTest {

    @ParameterizedTest
    @CsvSource({
        "28P01, the server rejects the user: check DATABASE_USER and DATABASE_PASSWORD",
        "28000, the server rejects the user: check DATABASE_USER and DATABASE_PASSWORD",
        "08004, the server rejects the connection: check DATABASE_USER and DATABASE_PASSWORD",
        "3D000, 'the database does not exist: create it, or check DATABASE_URL'",
        "53300, the server has no free connection: raise its max_connections",
        "XX000, FATAL: by a test",
    })
    void suggestsARemedyByTheSqlState(String state, String start) {
        String text = ConnectFailure.of(new SQLException("FATAL: by a test", state));
        assertTrue(text.startsWith(start), text);
    }

    @Test
    void suggestsARemedyByTheCause() {
        Map<IOException, String> starts = Map.of(
                new UnknownHostException("nosuch.invalid"), "unknown host",
                new ConnectException("Connection refused"), "connection refused",
                new SocketTimeoutException("Connect timed out"), "no answer");
        starts.forEach((cause, start) -> {
            SQLException failure = new SQLException("The connection attempt failed.", "08001", cause);
            String text = ConnectFailure.of(failure);
            assertEquals(start, text.substring(0, start.length()));
        });
    }
}
