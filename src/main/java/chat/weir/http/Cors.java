package chat.weir.http;

import chat.weir.http.routing.HttpReason;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Route;
import chat.weir.net.OriginPolicy;
import chat.weir.protocol.LogText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CORS protocol (WHATWG Fetch, section 3.2). Pages on the same host get the headers too, because another port is
 * another origin.
 *
 * <p>Threading: immutable.
 */
record Cors(OriginPolicy originPolicy) {
    private static final Logger log = LoggerFactory.getLogger(Cors.class);
    private static final String MAX_AGE_SECONDS = "600";
    private static final int MAX_LOGGED = 200;

    /** @throws ProblemException 403 if a page of a foreign origin calls a route that changes data */
    void check(String origin, String host, Route route) {
        if (route.changes() && !isAllowed(origin, host)) {
            String start = origin.substring(0, Math.min(origin.length(), MAX_LOGGED));
            log.info("refused origin=\"{}\" by HTTP", LogText.of(start));
            throw new ProblemException(
                    HttpReason.ORIGIN_NOT_ALLOWED, "pages of this origin are not allowed to do that");
        }
    }

    /** The headers that allow a page to read the response. */
    Map<String, String> headers(String origin, String host) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Vary", "Origin");
        if (!origin.isEmpty() && isAllowed(origin, host)) {
            headers.put("Access-Control-Allow-Origin", origin);
            headers.put("Access-Control-Expose-Headers", "Allow, Location, Retry-After, WWW-Authenticate");
        }
        return headers;
    }

    /** The additional headers of the response to a preflight request. */
    Map<String, String> preflight(String origin, String host, String allow) {
        return origin.isEmpty() || !isAllowed(origin, host)
                ? Map.of()
                : Map.of(
                        "Access-Control-Allow-Methods", allow,
                        "Access-Control-Allow-Headers", "Authorization, Content-Type",
                        "Access-Control-Max-Age", MAX_AGE_SECONDS);
    }

    /** A valid origin is ASCII; anything else must not be echoed in a header. */
    private boolean isAllowed(String origin, String host) {
        return origin.chars().allMatch(c -> c > ' ' && c < 0x7F) && originPolicy.allows(origin, host);
    }
}
