package chat.weir.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the jar as it is handed out: compressed once, at the start, and again only if it has changed, for which
 * browsers ask each time (RFC 9111 section 5.2.2.4). Rejected: names with hashes in them, which need not be asked for again; they
 * need a build step, and the answer to the question is a packet.
 *
 * <p>Threading: immutable.
 */
final class WebFile {
    private final Content plain;
    private final Content compressed;
    private final String tag;

    WebFile(String mediaType, byte[] bytes) {
        this.plain = Content.of(mediaType, bytes);
        this.compressed = Content.of(mediaType, gzip(bytes));
        // Weak, since it stands for both forms (RFC 9110 section 8.8.3.3).
        this.tag = "W/\"" + hash(bytes) + "\"";
    }

    /** @param more headers besides those about the file */
    Response answer(Request request, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Cache-Control", "no-cache");
        headers.put("ETag", tag);
        headers.put("Vary", "Origin, Accept-Encoding");
        if (isKnown(request.header("If-None-Match"))) {
            return new Response(304, headers, Content.NONE);
        }
        if (takesGzip(request.header("Accept-Encoding"))) {
            headers.put("Content-Encoding", "gzip");
            return new Response(200, headers, compressed);
        }
        return new Response(200, headers, plain);
    }

    /** By the weak comparison, for which it is one whether the tag that was kept is weak (RFC 9110 section 13.1.2). */
    private boolean isKnown(String tags) {
        return list(tags).stream().anyMatch(one -> one.equals("*") || tag.equals("W/" + one.replaceFirst("^W/", "")));
    }

    /** RFC 9110 section 12.5.3, of which a browser needs this much. */
    private static boolean takesGzip(String encodings) {
        return list(encodings).stream().anyMatch(one -> one.matches("(?i)gzip(?!\\s*;\\s*q=0(\\.0*)?$).*"));
    }

    private static List<String> list(String header) {
        return Arrays.stream(header.split(",")).map(String::strip).toList();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
