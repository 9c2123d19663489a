package chat.weir.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Files that are in the jar, beside this package's classes. */
final class Resources {
    private Resources() {}

    /** @param name relative to this package */
    static Optional<byte[]> find(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException if the jar is not whole */
    static byte[] get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + " is not in the jar"));
    }
}
