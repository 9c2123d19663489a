package chat.weir.http.web;

import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the jar, compressed once at the start, with an entity tag that is derived from its content (RFC 9110
 * section 8.8.3).
 *
 * <p>Threading: immutable.
 */
final class WebFile {
    private final String mediaType;
    private final ByteBuffer plain;
    private final ByteBuffer compressed;
    private final String tag;

    WebFile(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.plain = ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer();
        this.compressed = ByteBuffer.wrap(gzip(bytes)).asReadOnlyBuffer();
        // Weak, because it stands for both the plain and the compressed form (RFC 9110 section 8.8.3.3).
        this.tag = "W/\"" + hash(bytes) + "\"";
    }

    /**
     * The response for a name whose content may change, so that it must be revalidated.
     *
     * @param more additional headers
     */
    Response answer(Request request, Map<String, String> more) {
        return answer(request, more, "no-cache");
    }

    /** The response for a name whose content never changes (RFC 8246). */
    Response immutableAnswer(Request request) {
        return answer(request, Map.of(), "public, max-age=31536000, immutable");
    }

    private Response answer(Request request, Map<String, String> more, String cacheControl) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Cache-Control", cacheControl);
        headers.put("ETag", tag);
        headers.put("Vary", "Origin, Accept-Encoding");
        if (isCached(request.header("If-None-Match"))) {
            return Response.empty(304, headers);
        }
        if (takesGzip(request.header("Accept-Encoding"))) {
            headers.put("Content-Encoding", "gzip");
            return new Response(200, headers, mediaType, compressed);
        }
        return new Response(200, headers, mediaType, plain);
    }

    /** Uses the weak comparison, which ignores whether a tag is weak (RFC 9110 section 13.1.2). */
    private boolean isCached(String tags) {
        return list(tags).stream().anyMatch(one -> one.equals("*") || tag.equals("W/" + one.replaceFirst("^W/", "")));
    }

    /** A subset of RFC 9110 section 12.5.3 that is sufficient for browsers. */
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

    /** One hash of several files. */
    static String hash(Collection<WebFile> files, WebFile more) {
        String tags = files.stream().map(file -> file.tag).collect(Collectors.joining()) + more.tag;
        return hash(tags.getBytes(StandardCharsets.US_ASCII)).substring(0, 12);
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
