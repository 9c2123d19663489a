package chat.weir.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer.
 *
 * <p>Threading: immutable.
 */
final class Content {
    static final Content NONE = new Content("", new byte[0]);

    private final String mediaType;
    private final byte[] bytes;

    private Content(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    static Content of(String mediaType, String text) {
        return new Content(mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Content of(String mediaType, byte[] bytes) {
        return new Content(mediaType, bytes.clone());
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    int length() {
        return bytes.length;
    }

    String mediaType() {
        return mediaType;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
