package chat.weir.net;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The web origins from which a browser may connect (RFC 6454; a page cannot fake its origin). Without this check, any
 * page that a logged-in user opens could act on their behalf.
 *
 * <p>Pages on the same host may always connect, from any port; the list adds others. Origins are compared as text,
 * without the default port of their scheme. {@code java.net.URI} is not suitable: it rejects hosts with an underscore
 * or a last label that begins with a digit, which browsers accept.
 *
 * <p>Threading: immutable.
 *
 * @param allowed origins such as {@code https://example.org}, {@code null} or {@code file://}; {@code *} for all
 */
public record OriginPolicy(List<String> allowed) {
    private static final Pattern ORIGIN = Pattern.compile("([a-z][a-z0-9+.-]*)://(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[^\\s/?#@:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Map<String, String> DEFAULT_PORTS =
            Map.of("http", "80", "ws", "80", "https", "443", "wss", "443");

    public OriginPolicy {
        allowed = allowed.stream().map(OriginPolicy::normalizeConfigured).toList();
    }

    /** Clients other than browsers send no origin; they are allowed. */
    public boolean allows(String origin, String host) {
        if (origin.isEmpty() || allowed.contains("*")) {
            return true;
        }
        String normalized = normalize(origin);
        return isSameHost(normalized, host.toLowerCase(Locale.ROOT)) || allowed.contains(normalized);
    }

    private static boolean isSameHost(String origin, String host) {
        Matcher page = ORIGIN.matcher(origin);
        return page.matches()
                && host(page.group(2))
                        .filter(name -> host(host).filter(name::equals).isPresent())
                        .isPresent();
    }

    /** The host of {@code host:port}; empty if the text is malformed. */
    private static Optional<String> host(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** In lower case and without a default port, as browsers send it. */
    private static String normalize(String origin) {
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

    /** Like {@link #normalize}, and with non-ASCII host names in Punycode, as browsers send them. */
    private static String normalizeConfigured(String origin) {
        String normalized = normalize(origin);
        int host = normalized.indexOf("://") + "://".length();
        if (normalized.chars().allMatch(c -> c < 0x80) || host < "://".length()) {
            return normalized;
        }
        try {
            return normalized.substring(0, host) + IDN.toASCII(normalized.substring(host));
        } catch (IllegalArgumentException e) {
            // No browser sends such an origin, so the entry has no effect.
            return normalized;
        }
    }
}
