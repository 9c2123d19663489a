package chat.weir.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds the file of a SQLite database, and creates it if it is missing. */
final class SqlitePath {
    private SqlitePath() {}

    /**
     * The real path of the file, so that every alias of a file yields the same path.
     *
     * <p>This method creates the file, and SQLite does not: otherwise SQLite would also create it again if it is
     * deleted while the server runs.
     *
     * @throws DatabaseStartException if the file does not exist and cannot be created, or is not writable
     */
    static Path prepare(DatabaseUrl address) {
        Path path = path(address.url().substring(DatabaseUrl.SQLITE.length()));
        Path directory = directory(path);
        createDirectory(directory);
        if (Files.isDirectory(path)) {
            throw new DatabaseStartException(path + " is a directory: set DATABASE_URL to a file in it");
        }
        if (!Files.exists(path)) {
            try {
                Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .close();
            } catch (IOException e) {
                throw new DatabaseStartException("the file " + path + " cannot be created: " + reason(e), e);
            }
        }
        if (!Files.isRegularFile(path)) {
            throw new DatabaseStartException(path + " is not a regular file: set DATABASE_URL to one");
        }
        if (!Files.isWritable(path)) {
            throw new DatabaseStartException("the file " + path + " is not writable: " + OWNER_HINT);
        }
        try {
            Path real = path.toRealPath();
            refuseHardLinks(real);
            if (!Files.isWritable(directory(real))) {
                throw new DatabaseStartException("the directory " + directory(real)
                        + " is not writable, and SQLite creates files next to the database: " + OWNER_HINT);
            }
            return real;
        } catch (IOException e) {
            throw new DatabaseStartException("the file " + path + " cannot be resolved: " + reason(e), e);
        }
    }

    /** A second hard link would get its own lock and its own write-ahead log, which corrupts the database. */
    private static void refuseHardLinks(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            int names = (Integer) Files.getAttribute(file, "unix:nlink");
            if (names > 1) {
                throw new DatabaseStartException(
                        "the file " + file + " has a second hard link: remove that link, or copy the file");
            }
        }
    }

    private static final String OWNER_HINT = "grant access to the user that runs the server";

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new DatabaseStartException(
                    "the file name cannot be encoded in this locale: start in a UTF-8 locale such as LC_ALL=C.UTF-8",
                    e);
        }
    }

    private static Path directory(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static void createDirectory(Path directory) {
        try {
            // An existing directory may be a symbolic link, which createDirectories rejects if it is dangling.
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new DatabaseStartException("the directory " + directory + " cannot be created: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
