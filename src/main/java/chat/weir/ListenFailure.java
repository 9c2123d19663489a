package chat.weir;

import java.nio.channels.UnresolvedAddressException;

/** Says in one line why a port cannot be listened on, and what to do. */
final class ListenFailure {
    private ListenFailure() {}

    /** @param key the setting of the port */
    static StartupException of(String host, int port, String key, Exception failure) {
        return new StartupException(
                "cannot listen on " + host + " port " + port + ": " + reason(key, failure), failure);
    }

    private static String reason(String key, Exception failure) {
        if (failure instanceof UnresolvedAddressException) {
            return "there is no host of that name: set HOST to an address of this machine, or to 0.0.0.0";
        }
        // The JDK has one exception for all of them, and these are the words of the operating system.
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Address already in use")) {
            return text + ": stop what listens there, or set " + key + " to another port";
        }
        if (text.startsWith("Cannot assign requested address")) {
            return text + ": set HOST to an address of this machine, or to 0.0.0.0";
        }
        return text.startsWith("Permission denied")
                ? text + ": set " + key + " to a port from 1024 on, or give the process the right to this one"
                : text;
    }
}
