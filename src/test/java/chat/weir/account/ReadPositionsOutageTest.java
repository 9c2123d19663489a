package chat.weir.account;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.weir.database.Database;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.UserName;
import chat.weir.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage of a real database server while positions are collected. */
class ReadPositionsOutageTest {
    private static final ChannelId FISHING = new ChannelId("fishing");
    private static final ReadPositions.Reader READER =
            new ReadPositions.Reader(UserName.parse("alice").orElseThrow(), new TestSocket());

    @TempDir
    private Path directory;

    private final Metrics metrics = new Metrics();

    @Test
    void writesTheLatestPositionsAfterTheOutage() {
        try (PostgresServer server = PostgresServer.startIn(directory);
                Database database = Database.open(server.newDatabase())) {
            int unused = database.call(handle ->
                    handle.execute("INSERT INTO account VALUES (7, 'alice', 'alice', 'no hash', 1, 'member', 0)"));
            ReadPositions positions = new ReadPositions(database, 10, (position, reader) -> {}, metrics);
            positions.advance(new ReadPosition(7, FISHING, 1), READER);
            positions.flush();
            server.stop();
            for (int id = 2; id <= 100; id++) {
                positions.advance(new ReadPosition(7, FISHING, id), READER);
            }
            assertThrows(ChatException.class, positions::flush);
            assertEquals(1, positions.waiting());
            server.start();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreException(ChatException.class)
                    .until(() -> {
                        positions.flush();
                        return positions.waiting() == 0;
                    });
            assertEquals(
                    Map.of(FISHING, 100L),
                    new ReadPositions(database, 10, (position, reader) -> {}, metrics).list(7, "", 10));
        }
    }
}
