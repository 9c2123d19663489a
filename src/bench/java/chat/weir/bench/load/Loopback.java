package chat.weir.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The server's address, 127.0.0.1, and the many source addresses of clients. */
final class Loopback {
    private static final int CLIENTS_PER_ADDRESS = 1000;

    private Loopback() {}

    static InetSocketAddress server(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The source address of a client: 127.0.0.1, 127.0.0.2 …, a thousand clients each, so that ports never run out. */
    static InetSocketAddress source(int client) throws IOException {
        byte[] address = {127, 0, 0, (byte) (1 + client / CLIENTS_PER_ADDRESS)};
        return new InetSocketAddress(InetAddress.getByAddress(address), 0);
    }
}
