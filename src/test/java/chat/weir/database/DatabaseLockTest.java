package chat.weir.database;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseLockTest {
    @TempDir
    private Path directory;

    private static DatabaseUrl at(Path path) {
        return new DatabaseUrl("jdbc:sqlite:" + path, "", "");
    }

    private static void refuses(Path path) {
        DatabaseStartException e = assertThrows(DatabaseStartException.class, () -> DatabaseLock.acquire(at(path)));
        assertTrue(String.valueOf(e.getMessage()).startsWith("another server is using the database"), e.getMessage());
    }

    @Test
    void locksTheFileUnderAllItsNames() throws IOException {
        Path file = directory.resolve("deep/weir.db");
        Path link = directory.resolve("link.db");
        Path linkedDirectory = directory.resolve("linked");
        DatabaseLock lock = DatabaseLock.acquire(at(file));
        Files.createSymbolicLink(link, file);
        Files.createSymbolicLink(linkedDirectory, file.getParent());
        refuses(file);
        refuses(link);
        refuses(linkedDirectory.resolve("weir.db"));
        refuses(directory.resolve("deep/../deep/./weir.db"));
        refuses(Path.of("").toAbsolutePath().relativize(file));
        lock.close();
        DatabaseLock again = DatabaseLock.acquire(at(link));
        refuses(file);
        again.close();
    }

    @Test
    void refusesAFileWithASecondHardLink() throws IOException {
        Path file = directory.resolve("weir.db");
        DatabaseLock.acquire(at(file)).close();
        Path link = Files.createLink(directory.resolve("link.db"), file);
        for (Path each : new Path[] {file, link}) {
            DatabaseStartException e = assertThrows(DatabaseStartException.class, () -> DatabaseLock.acquire(at(each)));
            assertTrue(String.valueOf(e.getMessage()).contains("hard link"), e.getMessage());
        }
        Files.delete(link);
        DatabaseLock.acquire(at(file)).close();
    }

    @Test
    void refusesAPathThatIsNotAFile() {
        DatabaseStartException e =
                assertThrows(DatabaseStartException.class, () -> DatabaseLock.acquire(at(Path.of("/dev/null"))));
        assertTrue(String.valueOf(e.getMessage()).contains("not a regular file"), e.getMessage());
    }

    @Test
    void createsTheTargetOfASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("not-yet.db"));
        DatabaseLock lock = DatabaseLock.acquire(at(link));
        refuses(directory.resolve("not-yet.db"));
        lock.close();
    }

    @Test
    void doesNotLockAnInMemoryDatabase() {
        try (DatabaseLock one = DatabaseLock.acquire(DatabaseUrl.NONE);
                DatabaseLock other = DatabaseLock.acquire(DatabaseUrl.NONE)) {
            assertTrue(!one.equals(other));
        }
    }
}
