package chat.weir.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to an open database when other programs change its files. */
class DatabaseFileTest {
    @TempDir
    private Path directory;

    private Path file;
    private Database database;

    private Database open(Path path) {
        return Database.open(new DatabaseUrl("jdbc:sqlite:" + path, "", ""));
    }

    @BeforeEach
    void open() {
        file = directory.resolve("weir.db");
        database = open(file);
        write(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static void write(Database to) {
        to.call(handle -> handle.execute("INSERT INTO channel (id, last_message_id) VALUES (hex(randomblob(8)), 7)"));
    }

    enum Loss {
        DELETED,
        MOVED,
        DIRECTORY_MOVED,
        REPLACED_BY_EMPTY_FILE,
        REPLACED_BY_OTHER_DATABASE,
        TRUNCATED,
        CUT_IN_HALF,
        OVERWRITTEN_WITH_ZEROS,
        OVERWRITTEN_WITH_TEXT,
        OVERWRITTEN_WITH_OTHER_DATABASE,
        LOG_DELETED,
        LOG_REPLACED,
        LOG_TRUNCATED,
        LOG_CUT_IN_HALF,
        LOG_OVERWRITTEN_WITH_TEXT
    }

    private void lose(Loss loss) throws IOException {
        Path log = directory.resolve("weir.db-wal");
        Path elsewhere = directory.resolve("elsewhere");
        switch (loss) {
            case DELETED -> Files.delete(file);
            case MOVED -> Files.move(file, elsewhere);
            case DIRECTORY_MOVED -> {
                Path moved = Files.createDirectory(directory.resolve("moved"));
                for (String name : new String[] {"weir.db", "weir.db-wal", "weir.db-shm"}) {
                    Files.move(directory.resolve(name), moved.resolve(name));
                }
            }
            case REPLACED_BY_EMPTY_FILE -> {
                Files.delete(file);
                Files.createFile(file);
            }
            case REPLACED_BY_OTHER_DATABASE -> Files.move(other(), file, StandardCopyOption.REPLACE_EXISTING);
            case TRUNCATED -> cut(file, 0);
            case CUT_IN_HALF -> cut(file, Files.size(file) / 2);
            case OVERWRITTEN_WITH_ZEROS -> overwrite(file, new byte[4_096]);
            case OVERWRITTEN_WITH_TEXT -> overwrite(file, text());
            case OVERWRITTEN_WITH_OTHER_DATABASE -> Files.write(file, Files.readAllBytes(other()));
            case LOG_DELETED -> Files.delete(log);
            case LOG_REPLACED -> {
                Files.move(log, elsewhere);
                Files.copy(elsewhere, log);
            }
            case LOG_TRUNCATED -> cut(log, 0);
            case LOG_CUT_IN_HALF -> cut(log, Files.size(log) / 2);
            case LOG_OVERWRITTEN_WITH_TEXT -> overwrite(log, text());
        }
    }

    private Path other() {
        Path path = directory.resolve("other.db");
        try (Database other = open(path)) {
            for (int i = 0; i < 100; i++) {
                write(other);
            }
        }
        return path;
    }

    private static void cut(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }

    private static byte[] text() {
        return "no database".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    @ParameterizedTest
    @EnumSource
    void refusesEverythingAfterItsFilesWereReplaced(Loss loss) throws IOException {
        lose(loss);
        ChatException refused = assertThrows(ChatException.class, () -> write(database));
        assertEquals(ErrorCode.UNAVAILABLE, refused.code());
        assertThrows(SQLException.class, () -> database.check());
        assertThrows(SQLException.class, () -> database.checkKnownProblem());
        assertTrue(database.problem().orElseThrow().contains("restart"), database.problem()::toString);
        assertTrue(!database.problem().orElseThrow().contains(directory.toString()));
    }

    @Test
    void continuesWhenTheFileIsMovedBack() throws IOException {
        lose(Loss.MOVED);
        assertTrue(database.problem().isPresent());
        Files.move(directory.resolve("elsewhere"), file);
        write(database);
        assertEquals(Optional.empty(), database.problem());
    }

    @Test
    void staysUnusableWhenOnlyTheContentIsRestored() throws IOException {
        byte[] before = Files.readAllBytes(file);
        lose(Loss.OVERWRITTEN_WITH_ZEROS);
        assertTrue(database.problem().isPresent());
        overwrite(file, before);
        assertThrows(ChatException.class, () -> write(database));
    }

    @Test
    void neverRecreatesADeletedFile() throws IOException {
        lose(Loss.DELETED);
        assertThrows(ChatException.class, () -> write(database));
        database.close();
        assertTrue(Files.notExists(file));
        database = open(file);
    }

    @Test
    void toleratesCheckpointsAndOtherReaders() {
        try (Database reader = open(file)) {
            for (int i = 0; i < 200; i++) {
                write(database);
                if (i % 20 == 0) {
                    database.call(handle -> handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                            .mapToMap()
                            .list());
                    reader.call(handle -> handle.createQuery("SELECT count(*) FROM channel")
                            .mapTo(Integer.class)
                            .one());
                }
            }
            database.call(handle -> handle.execute("DELETE FROM channel"));
            reader.call(handle -> handle.execute("VACUUM"));
            write(database);
            database.call(handle -> handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                    .mapToMap()
                    .list());
            write(database);
        }
        write(database);
        assertEquals(Optional.empty(), database.problem());
    }
}
