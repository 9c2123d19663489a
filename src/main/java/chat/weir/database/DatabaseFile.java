package chat.weir.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Watches the files of an open SQLite database. SQLite does not notice when they are deleted, moved, replaced,
 * truncated or overwritten: it continues to write to a file that a restart would not find.
 *
 * <p>A check compares the identity (device and inode) of the database file and of its write-ahead log, and the header
 * of the database file: the magic bytes, the application id, which {@link Database} chooses at random for each
 * database, and the change counter, which never decreases. For the log see {@link WriteAheadLogFile}. A file that is
 * moved away and back counts as the same file. Replaced or overwritten content stays lost until a restart.
 *
 * <p>A check costs five system calls. The channel stays open as long as the database: on POSIX, closing any descriptor
 * of a file releases the locks that SQLite holds on it.
 *
 * <p>Threading: safe; guarded by this.
 */
final class DatabaseFile implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int CHANGE_COUNTER_AT = 24;
    private static final int PAGE_COUNT_AT = 28;
    private static final int APPLICATION_ID_AT = 68;

    /** A second attempt, in case the first one read while SQLite was writing. */
    private static final int ATTEMPTS = 2;

    private static final int LARGEST_PAGE = 65_536;

    private final Path path;
    private final WriteAheadLogFile writeAheadLog;
    private final int applicationId;

    /**
     * The id in the file at opening. Differs from {@link #applicationId} if that is still in the write-ahead log only.
     */
    private final int firstId;

    private final FileChannel channel;
    private final ByteBuffer header = ByteBuffer.allocateDirect(HEADER_BYTES);
    private final @Nullable Object key;
    private long size;
    private int changeCounter;

    /** Set once and for all when the content is not what SQLite has written. */
    private @Nullable String damage;

    private volatile boolean hasProblem;

    /**
     * The files are not the ones that were opened. The message says what to do. It contains no path, since clients see
     * it.
     */
    static final class Lost extends SQLException {
        private static final long serialVersionUID = 1L;

        Lost(String message) {
            super(message);
        }
    }

    private DatabaseFile(Path path, int applicationId) throws IOException {
        this.path = path;
        this.writeAheadLog = new WriteAheadLogFile(path.resolveSibling(path.getFileName() + "-wal"));
        this.applicationId = applicationId;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        BasicFileAttributes attributes = attributes(path);
        this.key = attributes.fileKey();
        this.size = attributes.size();
        boolean unused = readHeader();
        this.firstId = header.getInt(APPLICATION_ID_AT);
        this.changeCounter = header.getInt(CHANGE_COUNTER_AT);
    }

    /**
     * Starts watching. The database must be open and checkpointed.
     *
     * @param applicationId the database's id
     */
    static DatabaseFile watch(Path path, int applicationId) {
        try {
            return new DatabaseFile(path, applicationId);
        } catch (IOException e) {
            throw new DatabaseStartException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether the last check failed. */
    boolean hasProblem() {
        return hasProblem;
    }

    /** @throws Lost if the files are not those that were opened */
    synchronized void check() throws Lost {
        String problem = damage;
        if (problem == null) {
            try {
                problem = problem();
            } catch (IOException e) {
                problem = "the database file cannot be read";
            }
        }
        hasProblem = problem != null;
        if (problem != null) {
            throw new Lost(problem);
        }
    }

    /** Called when SQLite reports corrupt content. */
    synchronized void markDamaged() {
        damage = "the database file was overwritten or is damaged: restart with an intact copy";
        hasProblem = true;
    }

    private @Nullable String problem() throws IOException {
        BasicFileAttributes now = existing(path);
        if (now == null) {
            return "the database file is missing: move it back, or restart";
        }
        if (!Objects.equals(now.fileKey(), key)) {
            return "the database file was replaced by another one: restart to use the new one";
        }
        if (writeAheadLog.isReplaced()) {
            return "the -wal file next to the database was deleted or replaced: restart";
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (hasExpectedContent(now.size()) && writeAheadLog.hasExpectedContent()) {
                return null;
            }
        }
        markDamaged();
        return damage;
    }

    private boolean hasExpectedContent(long sizeNow) throws IOException {
        if (!readHeader()) {
            return false;
        }
        int id = header.getInt(APPLICATION_ID_AT);
        int counter = header.getInt(CHANGE_COUNTER_AT);
        if ((id != applicationId && id != firstId) || counter - changeCounter < 0) {
            return false;
        }
        if (sizeNow < size && sizeNow < sizeInHeader()) {
            return false;
        }
        size = sizeNow;
        changeCounter = counter;
        return true;
    }

    private long sizeInHeader() {
        int pageSize = Short.toUnsignedInt(header.getShort(PAGE_SIZE_AT));
        return Integer.toUnsignedLong(header.getInt(PAGE_COUNT_AT)) * (pageSize == 1 ? LARGEST_PAGE : pageSize);
    }

    /** @return whether this is the header of a SQLite database */
    private boolean readHeader() throws IOException {
        header.clear();
        boolean isWhole = channel.read(header, 0) == HEADER_BYTES;
        byte[] magic = new byte[MAGIC.length];
        header.get(0, magic);
        return isWhole && Arrays.equals(magic, MAGIC);
    }

    private static @Nullable BasicFileAttributes existing(Path path) throws IOException {
        try {
            return attributes(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    /** Call this after the last connection is closed. */
    @Override
    public void close() {
        try {
            channel.close();
            writeAheadLog.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
