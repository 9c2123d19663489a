package chat.weir.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * From which web pages a browser may connect (RFC 6454; a browser says where its page came from, and does not let the
 * page lie). Without this, any page that a logged-in user opens could talk in his name.
 *
 * <p>Threading: immutable.
 *
 * @param allowed origins such as {@code https://example.org}; {@code *}: all; none: those on the same host as this
 *     server, whatever the port
 */
public record Origins(List<String> allowed) {

    public Origins {
        allowed =
                allowed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
    }

    /** Clients that are no browsers send no origin, and are let in. */
    public boolean allows(String origin, String host) {
        if (origin.isEmpty() || allowed.contains("*")) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return allowed.isEmpty() ? isSameHost(lower, host.toLowerCase(Locale.ROOT)) : allowed.contains(lower);
    }

    private static boolean isSameHost(String origin, String host) {
        try {
            String page = new URI(origin).getHost();
            return page != null && page.equals(new URI("ws://" + host).getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
