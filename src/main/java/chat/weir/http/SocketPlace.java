package chat.weir.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page finds the socket, which has another port than the page unless a proxy has put both at one address.
 *
 * @param configured by the operator; empty: it is found out
 * @param socketPort that the server listens on
 * @param pagePort that the API listens on
 */
record SocketPlace(String configured, int socketPort, int pagePort, BasePath basePath) {
    /** What may stand in the header of an answer; group 1 is the host, group 3 its port, if there is one. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:([0-9]{1,5}))?");

    private static final String DEFAULT_PORT = "80";

    /**
     * By the address that a browser has for the page: if that is this server's own port, there is no proxy.
     *
     * @return empty: at the address of the page itself
     */
    Optional<String> seenFrom(Request request) {
        if (!configured.isEmpty()) {
            return Optional.of(configured);
        }
        Matcher host = HOST.matcher(request.header("Host"));
        if (!host.matches() || port(host) != pagePort) {
            return Optional.empty();
        }
        return Optional.of("ws://" + host.group(1) + ":" + socketPort + basePath.encoded());
    }

    private static int port(Matcher host) {
        return Integer.parseInt(Optional.ofNullable(host.group(3)).orElse(DEFAULT_PORT));
    }
}
