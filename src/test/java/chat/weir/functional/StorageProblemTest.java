package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients and operators see while messages cannot be stored. */
class StorageProblemTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private TestServer server;
    private TestClient alice;
    private long before;

    @BeforeEach
    void start() {
        server = TestServer.with("DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"), "MESSAGE_RATE", "0");
        alice = server.connectAs("alice", "/fishing");
        say("before");
        before = alice.expect("message").get("id").asLong();
        alice.expect("ack");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void say(String text) {
        alice.send("{'type':'message','text':'" + text + "','ref':'" + text + "'}");
    }

    private HttpResponse<String> ready() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/readyz"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesMessagesAndIsNotReadyOnceTheDatabaseIsDeleted() throws IOException {
        assertEquals(200, ready().statusCode());
        Files.delete(directory.resolve("weir.db"));
        assertEquals(503, ready().statusCode());
        assertTrue(ready().body().contains("the database file is missing"), ready().body());
        say("lost");
        alice.expectError(503);
        assertTrue(Files.notExists(directory.resolve("weir.db")));
    }

    @Test
    void refusesTheFirstMessageAfterTheDatabaseIsDeleted() throws IOException {
        Files.move(directory.resolve("weir.db"), directory.resolve("elsewhere"));
        for (int i = 0; i < 5; i++) {
            say("lost" + i);
            alice.expectError(503);
        }
        Files.move(directory.resolve("elsewhere"), directory.resolve("weir.db"));
        await().until(() -> ready().statusCode() == 200);
        say("after");
        alice.expect("message");
        alice.expect("ack");
    }

    @Test
    void saysWhatCouldNotBeStored() throws IOException {
        Files.delete(directory.resolve("weir.db"));
        assertEquals(503, ready().statusCode());
        String text = "the %s could not be stored and was not delivered: try again";
        say("lost");
        assertEquals(
                text.formatted("message"), alice.expectError(503).get("message").asString());
        for (String type : new String[] {"react", "unreact"}) {
            alice.send("{'type':'" + type + "','id':" + before + ",'emoji':'\uD83D\uDC4D'}");
            String what = type.equals("react") ? "reaction" : "removal of the reaction";
            assertEquals(
                    text.formatted(what), alice.expectError(503).get("message").asString());
        }
    }

    @Test
    void isNotReadyWhileAnotherProcessLocksTheDatabase() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("weir.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            say("waits");
            await().atMost(LONG).until(() -> ready().statusCode() == 503);
            assertTrue(ready().body().contains("another process has locked the database"), ready().body());
            alice.expectError(503);
            statement.execute("ROLLBACK");
        }
        await().atMost(LONG).until(() -> ready().statusCode() == 200);
        say("after");
        alice.expect("message");
        alice.expect("ack");
    }
}
