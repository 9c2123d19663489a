package chat.weir.bench.retention;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQLite file with old messages in a hundred channels. */
public record OldMessages(Path file) {
    private static final int CHANNELS = 100;
    private static final long FIRST_ID = 1_000_000_000_000_000L;
    private static final String TEXT = "a message of about the usual length, of two days ago";

    private String url() {
        return "jdbc:sqlite:" + file;
    }

    /** Inserts them into a file that a server has created. */
    public void insert(int messages) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url())) {
            connection.setAutoCommit(false);
            try (PreparedStatement channel =
                            connection.prepareStatement("INSERT INTO channel (id, last_message_id) VALUES (?, ?)");
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO message (channel, id, sent_at, author, text) VALUES (?, ?, 1, 'bob', ?)")) {
                for (int i = 0; i < CHANNELS; i++) {
                    channel.setString(1, "old" + i);
                    channel.setLong(2, FIRST_ID + messages);
                    channel.executeUpdate();
                    for (int j = i; j < messages; j += CHANNELS) {
                        insert.setString(1, "old" + i);
                        insert.setLong(2, FIRST_ID + j);
                        insert.setString(3, TEXT);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
            }
            connection.commit();
        }
    }

    /** Whether one of them is still there. */
    public boolean exist() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT 1 FROM message WHERE channel >= 'old' AND channel < 'ole' LIMIT 1")) {
            return rows.next();
        }
    }
}
