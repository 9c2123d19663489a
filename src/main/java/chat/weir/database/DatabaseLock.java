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
 * Keeps a second server off a SQLite database: two of them would each know only their own clients. The lock is on a file
 * beside the database, and the operating system drops it when the process ends, however it ends. The file stays, since
 * deleting it could race with another server that is about to lock it.
 *
 * <p>PostgreSQL is made for several servers, and a database in memory has only one.
 *
 * <p>Threading: confined to the start and the end.
 */
public final class DatabaseLock implements AutoCloseable {
    private final @Nullable FileChannel channel;

    private DatabaseLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks the database of an address.
     *
     * @throws DatabaseStartException if another server has it, or it cannot be had
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
                throw new DatabaseStartException("another server uses it: stop that one, or choose another file");
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
            // Another server in this process.
            return null;
        }
    }

    /** To be called after the database is closed. */
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
