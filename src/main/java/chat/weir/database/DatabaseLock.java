package chat.weir.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Prevents a second server from opening the same SQLite database: each of the two would know only its own clients. The
 * lock is held on a separate file next to the database. The operating system releases it when the process ends, even
 * after a crash. The file is not deleted, because that could race with another server that is about to lock it.
 *
 * <p>PostgreSQL supports several servers, and a database in memory belongs to one process.
 *
 * <p>Threading: confined to the start and the end.
 */
public final class DatabaseLock implements AutoCloseable {
    private final @Nullable FileChannel channel;

    private DatabaseLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks the database.
     *
     * @throws DatabaseStartException if another server holds the lock, or locking fails
     */
    public static DatabaseLock acquire(DatabaseUrl address) {
        if (address.isNone() || address.isPostgresql()) {
            return new DatabaseLock(null);
        }
        Path database = SqlitePath.prepare(address);
        Path file = database.resolveSibling(database.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new DatabaseStartException(
                        "another server is using the database: stop that one, or choose another file");
            }
            return new DatabaseLock(channel);
        } catch (IOException e) {
            throw new DatabaseStartException(file + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another server in this process holds the lock.
            return null;
        }
    }

    /** Call this after the database is closed. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
