package chat.weir.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds the file of a SQLite database, and makes it if it is missing. */
final class SqlitePath {
    private SqlitePath() {}

    /**
     * The real path of the file, so that all names of one file are the same.
     *
     * <p>The file is made here and not by SQLite, which would also make it anew in the middle of running, after it was
     * deleted.
     *
     * @throws DatabaseStartException if there is no such file and it cannot be made, or it cannot be written
     */
    static Path prepare(DatabaseUrl address) {
        Path path = path(address.url().substring(DatabaseUrl.SQLITE.length()));
        Path directory = directory(path);
        makeDirectory(directory);
        if (Files.isDirectory(path)) {
            throw new DatabaseStartException(path + " is a directory: name a file in it in DATABASE_URL");
        }
        if (!Files.exists(path)) {
            try {
                Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .close();
            } catch (IOException e) {
                throw new DatabaseStartException("the file " + path + " cannot be made: " + reason(e), e);
            }
        }
        if (!Files.isRegularFile(path)) {
            throw new DatabaseStartException(path + " is no regular file: name one in DATABASE_URL");
        }
        if (!Files.isWritable(path)) {
            throw new DatabaseStartException("the file " + path + " cannot be written: " + GIVE);
        }
        try {
            Path real = path.toRealPath();
            refuseHardLinks(real);
            if (!Files.isWritable(directory(real))) {
                throw new DatabaseStartException("the directory " + directory(real)
                        + " cannot be written, and SQLite keeps files beside the database: " + GIVE);
            }
            return real;
        } catch (IOException e) {
            throw new DatabaseStartException("the file " + path + " cannot be found: " + reason(e), e);
        }
    }

    /** Under another name the file would have another lock and another write-ahead log, which damages it. */
    private static void refuseHardLinks(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            int names = (Integer) Files.getAttribute(file, "unix:nlink");
            if (names > 1) {
                throw new DatabaseStartException(
                        "the file " + file + " has another name, a hard link: remove that link," + " or copy the file");
            }
        }
    }

    private static final String GIVE = "give it to the user that the server runs as";

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new DatabaseStartException(
                    "this locale has no such letters for the name of a file: start in a UTF-8 locale such as LC_ALL=C.UTF-8",
                    e);
        }
    }

    private static Path directory(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static void makeDirectory(Path directory) {
        try {
            // An existing one may be a link, which createDirectories refuses where it leads nowhere.
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new DatabaseStartException("the directory " + directory + " cannot be made: " + reason(e), e);
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
