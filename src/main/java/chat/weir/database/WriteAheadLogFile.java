package chat.weir.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Watches the write-ahead log of an open SQLite database. SQLite continues to write at its last position, even if the
 * file was replaced or overwritten; after a crash it reads the log only up to the first invalid frame.
 *
 * <p>A check compares the identity of the file (device and inode), the checksum of its header, and its size: as long
 * as the salts in the header are the same, SQLite only appends. A checkpoint may truncate the file; SQLite then writes
 * a new header with new salts. Overwritten frames after the header are not detected: reading all frames would cost too
 * much.
 *
 * <p>Threading: guarded by its {@link DatabaseFile}.
 */
final class WriteAheadLogFile implements AutoCloseable {
    private static final int HEADER_BYTES = 32;
    private static final int SALTS_AT = 16;
    private static final int CHECKSUM_AT = 24;

    /** The lowest bit says whether the checksums are of big-endian words. */
    private static final int MAGIC = 0x377F0682;

    private final Path path;
    private final ByteBuffer header = ByteBuffer.allocateDirect(HEADER_BYTES);
    private @Nullable Object key;
    private @Nullable FileChannel channel;
    private long size;
    private long salts;

    WriteAheadLogFile(Path path) {
        this.path = path;
    }

    /** Whether the file existed earlier, and is now another file or missing. */
    boolean isReplaced() throws IOException {
        try {
            Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            if (channel == null) {
                key = now;
                channel = FileChannel.open(path, StandardOpenOption.READ);
            }
            return key != null && !key.equals(now);
        } catch (NoSuchFileException e) {
            return channel != null;
        }
    }

    /** Whether the header and the size are as SQLite has written them. */
    boolean hasExpectedContent() throws IOException {
        if (channel == null) {
            return true;
        }
        header.clear();
        int read = channel.read(header, 0);
        if (read <= 0) {
            return true;
        }
        if (read != HEADER_BYTES || !isHeaderValid()) {
            return false;
        }
        long saltsNow = header.order(ByteOrder.BIG_ENDIAN).getLong(SALTS_AT);
        // Read the size after the header: if a checkpoint comes in between, this attempt fails and the next one
        // succeeds.
        long sizeNow = channel.size();
        if (saltsNow == salts && sizeNow < size) {
            return false;
        }
        salts = saltsNow;
        size = sizeNow;
        return true;
    }

    /** Verifies the checksum (SQLite's file format, section 4.2). */
    private boolean isHeaderValid() {
        int magic = header.order(ByteOrder.BIG_ENDIAN).getInt(0);
        if ((magic & ~1) != MAGIC) {
            return false;
        }
        header.order((magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int first = 0;
        int second = 0;
        for (int at = 0; at < CHECKSUM_AT; at += 2 * Integer.BYTES) {
            first += header.getInt(at) + second;
            second += header.getInt(at + Integer.BYTES) + first;
        }
        header.order(ByteOrder.BIG_ENDIAN);
        return first == header.getInt(CHECKSUM_AT) && second == header.getInt(CHECKSUM_AT + Integer.BYTES);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
