package chat.weir.testing;

import chat.weir.database.DatabaseUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server in separate processes, on a free port.
 *
 * <p>Threading: safe.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final String USER = "postgres";

    private final AtomicInteger databases = new AtomicInteger();
    private final Path data;
    private final boolean isForgotten;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    /** @param isForgotten whether its files are deleted when it stops */
    private PostgresServer(Path data, boolean isForgotten) {
        this.data = data;
        this.isForgotten = isForgotten;
        EmbeddedPostgres started = launch(0);
        this.port = started.getPort();
        this.running = started;
    }

    /** Started on first use, and shared by all tests, which must not stop it. */
    private static final class Shared {
        private static final PostgresServer SERVER = new PostgresServer(temporary(), true);

        private static Path temporary() {
            try {
                return Files.createTempDirectory("postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new database on the shared server; {@code Database.open} creates its tables. */
    public static DatabaseUrl freshDatabase() {
        return Shared.SERVER.newDatabase();
    }

    /** A separate server that may be stopped, with its files in a subdirectory. */
    public static PostgresServer startIn(Path directory) {
        return new PostgresServer(directory.resolve("data"), false);
    }

    private EmbeddedPostgres launch(int wanted) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(isForgotten)
                    .setPGStartupWait(START_WITHIN);
            return (wanted == 0 ? builder : builder.setPort(wanted)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DatabaseUrl newDatabase() {
        String name = "weir" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return new DatabaseUrl(url(name), USER, "");
    }

    /** Executes SQL as the administrator. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Closes all connections, and accepts none before {@link #start}. */
    public synchronized void stop() {
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            running = null;
        }
    }

    /** Restarts with the same data and port. */
    public synchronized void start() {
        if (running == null) {
            running = launch(port);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
