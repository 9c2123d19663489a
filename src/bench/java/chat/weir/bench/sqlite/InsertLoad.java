package chat.weir.bench.sqlite;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The main class of a run: inserts rows into a new file for a time, one transaction after the other, and prints the
 * result as one line. The file has the server's schema and settings.
 */
public final class InsertLoad {
    private static final Path DIRECTORY = Path.of("target", "bench", "db");

    private InsertLoad() {}

    /**
     * What a run has measured.
     *
     * @param cpuMicrosPerRow of the whole process, including the JVM's own threads
     */
    public record Result(double rowsPerSecond, double cpuMicrosPerRow) {
        private static final String LINE_BEGINS = "result ";

        public static boolean isLine(String line) {
            return line.startsWith(LINE_BEGINS);
        }

        public static Result parse(String line) {
            String[] values = line.substring(LINE_BEGINS.length()).split(" ", -1);
            return new Result(Double.parseDouble(values[0]), Double.parseDouble(values[1]));
        }

        String line() {
            return LINE_BEGINS + rowsPerSecond + " " + cpuMicrosPerRow;
        }
    }

    public static void main(String[] args) throws IOException, SQLException {
        Files.createDirectories(DIRECTORY);
        Path directory = Files.createTempDirectory(DIRECTORY, "sqlite");
        Path file = directory.resolve("weir.db");
        try {
            System.out.println(run(InsertOptions.parse(args), file).line());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    /** Inserts into a file that does not exist yet. */
    static Result run(InsertOptions options, Path file) throws SQLException {
        DatabaseUrl url = new DatabaseUrl("jdbc:sqlite:" + file, "", "");
        Database.open(url).close();
        try (Connection connection = source(options, url).getConnection()) {
            RowInserts inserts = new RowInserts(connection);
            RowSource source = new RowSource(options.channels());
            inserts.create(source.channels());
            insertFor(options.warmUp().toNanos(), options.batch(), source, inserts);
            long cpuBefore = cpuNanos();
            long begin = System.nanoTime();
            long rows = insertFor(options.duration().toNanos(), options.batch(), source, inserts);
            double nanos = System.nanoTime() - begin;
            return new Result(rows * 1e9 / nanos, (cpuNanos() - cpuBefore) / 1e3 / rows);
        }
    }

    private static long insertFor(long nanos, int batch, RowSource source, RowInserts inserts) throws SQLException {
        long begin = System.nanoTime();
        long rows = 0;
        while (System.nanoTime() - begin < nanos) {
            inserts.store(source.next(batch));
            rows += batch;
        }
        return rows;
    }

    private static SQLiteDataSource source(InsertOptions options, DatabaseUrl url) {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(options.synchronous()));
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url.url());
        return source;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
