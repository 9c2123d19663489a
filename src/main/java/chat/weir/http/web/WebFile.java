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
 * A file of the jar as it is served: compressed once, at the start, with an entity tag made of its content (RFC 9110
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
        // Weak, since it stands for both forms (RFC 9110 section 8.8.3.3).
        this.tag = "W/\"" + hash(bytes) + "\"";
    }

    /**
     * For a name that stands for whatever the file is now.
     *
     * @param more headers besides those about the file
     */
    Response answer(Request request, Map<String, String> more) {
        return answer(request, more, "no-cache");
    }

    /** For a name that stands for this content only, so that it can be kept (RFC 8246). */
    Response lastingAnswer(Request request) {
        return answer(request, Map.of(), "public, max-age=31536000, immutable");
    }

    private Response answer(Request request, Map<String, String> more, String cacheControl) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Cache-Control", cacheControl);
        headers.put("ETag", tag);
        headers.put("Vary", "Origin, Accept-Encoding");
        if (isKnown(request.header("If-None-Match"))) {
            return Response.empty(304, headers);
        }
        if (takesGzip(request.header("Accept-Encoding"))) {
            headers.put("Content-Encoding", "gzip");
            return new Response(200, headers, mediaType, compressed);
        }
        return new Response(200, headers, mediaType, plain);
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

    /** One short name for the content of several files together. */
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
