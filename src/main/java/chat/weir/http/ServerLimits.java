package chat.weir.http;

import java.util.Map;

/**
 * The bounds of the JDK's HTTP server, which has them as system properties and none of them documented but
 * {@code maxConnections}. They are read once, when the first server is made; both JDK 17 and JDK 25 know all of these.
 * An operator's own {@code -D} goes first.
 */
final class ServerLimits {
    private static final String MAX_CONNECTIONS = "jdk.httpserver.maxConnections";

    private static final Map<String, String> PROPERTIES = Map.of(
            // Connections that wait for their next request; another one is closed behind its response.
            "sun.net.httpserver.maxIdleConnections",
            "512",
            // Seconds. Also how long a fresh connection may send nothing, if maxReqTime is not shorter.
            "sun.net.httpserver.idleInterval",
            "30",
            // Milliseconds between looks at idle connections; 10 s else.
            "sun.net.httpserver.clockTick",
            "2000",
            // Seconds, from the first byte of a request to its last; else for ever. RequestThreads is stricter, but
            // only these two also free connections that the server has lost sight of: it forgets one whose body fails
            // while it is being skipped.
            "sun.net.httpserver.maxReqTime",
            "20",
            // Seconds, from the last byte of a request to the last of its response; else for ever.
            "sun.net.httpserver.maxRspTime",
            "60",
            // Beyond these two a connection is reset without an answer, so RequestHeader answers 431 long before.
            "sun.net.httpserver.maxReqHeaders",
            "1024",
            "sun.net.httpserver.maxReqHeaderSize",
            "262144",
            // Of a body that was refused, so many bytes are read and dropped: closing on unread bytes resets the
            // connection, and the client might never see why.
            "sun.net.httpserver.drainAmount",
            "1048576",
            // Else a response of two packets waits for the client's delayed acknowledgement.
            "sun.net.httpserver.nodelay",
            "true");

    private ServerLimits() {}

    /**
     * Has to be called before the first server is made.
     *
     * @param maxConnections else as many as there are files; one too many is closed as soon as it is accepted
     */
    static void apply(int maxConnections) {
        setDefault(MAX_CONNECTIONS, Integer.toString(maxConnections));
        PROPERTIES.forEach(ServerLimits::setDefault);
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
