package chat.weir;

import java.nio.channels.UnresolvedAddressException;

/** Describes in one line why the server cannot listen on a port, and how to fix it. */
final class ListenFailure {
    private ListenFailure() {}

    /** @param key the setting for the port */
    static StartupException of(String host, int port, String key, Exception failure) {
        return new StartupException(
                "cannot listen on " + host + " port " + port + ": " + reason(key, failure), failure);
    }

    private static String reason(String key, Exception failure) {
        if (failure instanceof UnresolvedAddressException) {
            return "unknown host: set HOST to an address of this machine, or to 0.0.0.0";
        }
        // The JDK has one exception for all of these cases; the texts are the operating system's.
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Address already in use")) {
            return text + ": stop the other program, or set " + key + " to another port";
        }
        if (text.startsWith("Cannot assign requested address")) {
            return text + ": set HOST to an address of this machine, or to 0.0.0.0";
        }
        return text.startsWith("Permission denied")
                ? text + ": set " + key + " to a port of at least 1024, or give the process the right to use this port"
                : text;
    }
}
