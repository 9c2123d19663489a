package chat.weir.http.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Files in the jar, below {@value #ROOT}. */
final class Resources {
    private static final String ROOT = "/chat/weir/http/";

    private Resources() {}

    /** @param name relative to {@value #ROOT} */
    static Optional<byte[]> find(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(ROOT + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The names of the files in a directory, sorted.
     *
     * @param directory relative to {@value #ROOT}
     */
    static List<String> names(String directory) {
        URL url = Resources.class.getResource(ROOT + directory);
        if (url == null) {
            throw new IllegalStateException(directory + " is not in the jar");
        }
        try {
            URI uri = url.toURI();
            if (!uri.getScheme().equals("jar")) {
                return names(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return names(jar.provider().getPath(uri));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** @throws IllegalStateException if the file is missing */
    static byte[] get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + " is not in the jar"));
    }
}
