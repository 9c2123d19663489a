package chat.weir.http;

import chat.weir.http.routing.PercentCoding;
import chat.weir.http.routing.ProblemException;
import chat.weir.protocol.ErrorReason;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The prefix of all paths, if the server runs below a path of a site.
 *
 * @param text empty, or a path with a leading and without a trailing slash; not percent-encoded
 */
record BasePath(String text) {

    /**
     * Removes the prefix from an encoded path. The result may be empty.
     *
     * @throws ProblemException 404 if the path does not have the prefix
     */
    String below(String rawPath) {
        int end = end(rawPath);
        if (end < 0
                || !PercentCoding.decode(rawPath.substring(0, end), "the path").equals(text)) {
            throw new ProblemException(ErrorReason.NOT_FOUND, "the paths of this server begin with " + text + "/");
        }
        return rawPath.substring(end);
    }

    /** The percent-encoded form. */
    String encoded() {
        try {
            return new URI(null, null, text, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The end of the prefix in the path: after as many segments as the prefix has. -1 if the path is shorter. */
    private int end(String rawPath) {
        long slashes = text.chars().filter(c -> c == '/').count();
        int end = 0;
        for (long i = 0; i < slashes; i++) {
            if (end == rawPath.length()) {
                return -1;
            }
            int next = rawPath.indexOf('/', end + 1);
            end = next < 0 ? rawPath.length() : next;
        }
        return end;
    }
}
