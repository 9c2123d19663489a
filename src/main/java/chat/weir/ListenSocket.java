package chat.weir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;

/** Binds the port of the server, or says in one line why that is impossible, and how to fix it. */
final class ListenSocket {
    /** Connections that the kernel queues while the server is busy. */
    private static final int BACKLOG = 4_096;

    private ListenSocket() {}

    /** @throws StartupException if the port cannot be bound */
    static ServerSocketChannel bind(String host, int port) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                return listener.bind(new InetSocketAddress(host, port), BACKLOG);
            } catch (IOException | RuntimeException e) {
                listener.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new StartupException("cannot listen on " + host + " port " + port + ": " + reason(e), e);
        }
    }

    private static String reason(Exception failure) {
        if (failure instanceof UnresolvedAddressException) {
            return "unknown host: set HOST to an address of this machine, or to 0.0.0.0";
        }
        // The JDK has one exception for all of these cases; the texts are the operating system's.
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Address already in use")) {
            return text + ": stop the other program, or set PORT to another port";
        }
        if (text.startsWith("Cannot assign requested address")) {
            return text + ": set HOST to an address of this machine, or to 0.0.0.0";
        }
        return text.startsWith("Permission denied")
                ? text + ": set PORT to a port of at least 1024, or give the process the right to use this port"
                : text;
    }
}
