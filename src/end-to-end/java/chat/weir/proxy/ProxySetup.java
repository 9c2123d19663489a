package chat.weir.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The parameters of a proxy: Weir's port, its own ports, and its certificate.
 *
 * @param directory for all files that it writes
 * @param weirPort Weir's
 * @param tlsPort the proxy's
 * @param plainPort the proxy's, which redirects to TLS
 * @param basePath empty, or Weir's base path
 */
record ProxySetup(Path directory, Certificate certificate, int weirPort, int tlsPort, int plainPort, String basePath) {

    static ProxySetup of(Path directory, int weirPort, String basePath) {
        return new ProxySetup(directory, Certificate.create(directory), weirPort, freePort(), freePort(), basePath);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String file, String text) {
        try {
            return Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
