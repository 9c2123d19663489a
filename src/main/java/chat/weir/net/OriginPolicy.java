package chat.weir.net;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The web pages from which a browser may connect (RFC 6454; a browser says where its page came from, and does not let the
 * page lie). Without this, any page that a logged-in user opens could talk in their name.
 *
 * <p>Pages on the same host as this server may always connect, whatever their port; the list adds others. Origins are
 * compared as text, without the default port of their scheme. {@code java.net.URI} is not used: it knows no host with an
 * underscore and none whose last label begins with a digit, both of which browsers do.
 *
 * <p>Threading: immutable.
 *
 * @param allowed origins such as {@code https://example.org}, {@code null} or {@code file://}; {@code *}: all
 */
public record OriginPolicy(List<String> allowed) {
    private static final Pattern ORIGIN = Pattern.compile("([a-z][a-z0-9+.-]*)://(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[^\\s/?#@:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Map<String, String> DEFAULT_PORTS =
            Map.of("http", "80", "ws", "80", "https", "443", "wss", "443");

    public OriginPolicy {
        allowed = allowed.stream().map(OriginPolicy::configured).toList();
    }

    /** Clients that are not browsers send no origin, and are let in. */
    public boolean allows(String origin, String host) {
        if (origin.isEmpty() || allowed.contains("*")) {
            return true;
        }
        String normal = normal(origin);
        return isSameHost(normal, host.toLowerCase(Locale.ROOT)) || allowed.contains(normal);
    }

    private static boolean isSameHost(String origin, String host) {
        Matcher page = ORIGIN.matcher(origin);
        return page.matches()
                && host(page.group(2))
                        .filter(name -> host(host).filter(name::equals).isPresent())
                        .isPresent();
    }

    /** The host of {@code host:port}; nothing if it is not one. */
    private static Optional<String> host(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** In lower case and without a default port, as browsers write it. */
    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        Matcher parts = ORIGIN.matcher(lower);
        if (!parts.matches()) {
            return lower;
        }
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        return authority.matches()
                        && authority.group(2) != null
                        && authority.group(2).equals(DEFAULT_PORTS.get(parts.group(1)))
                ? parts.group(1) + "://" + authority.group(1)
                : lower;
    }

    /** As {@link #normal}, and a host in letters beyond ASCII as browsers send it: in Punycode. */
    private static String configured(String origin) {
        String normal = normal(origin);
        int host = normal.indexOf("://") + "://".length();
        if (normal.chars().allMatch(c -> c < 0x80) || host < "://".length()) {
            return normal;
        }
        try {
            return normal.substring(0, host) + IDN.toASCII(normal.substring(host));
        } catch (IllegalArgumentException e) {
            // No browser ever sends it, so it lets nobody in.
            return normal;
        }
    }
}
