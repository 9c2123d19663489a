package chat.weir.http;

import chat.weir.http.routing.PercentCoding;
import chat.weir.http.routing.ProblemException;
import chat.weir.protocol.ErrorReason;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * What is taken off the front of every path, where the server is below a path of a site.
 *
 * @param text empty, or a path that begins with a slash and does not end with one; not percent-encoded
 */
record BasePath(String text) {

    /**
     * The rest of a path, as it was sent; empty if there is none, not even a slash.
     *
     * @throws ProblemException 404 if the path is elsewhere
     */
    String below(String rawPath) {
        int end = end(rawPath);
        if (end < 0
                || !PercentCoding.decode(rawPath.substring(0, end), "the path").equals(text)) {
            throw new ProblemException(ErrorReason.NOT_FOUND, "the paths of this server are below " + text + "/");
        }
        return rawPath.substring(end);
    }

    /** As it stands in a URL. */
    String encoded() {
        try {
            return new URI(null, null, text, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it has to end in a path: in front of as many slashes as it has, and one. -1 if there are fewer. */
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
