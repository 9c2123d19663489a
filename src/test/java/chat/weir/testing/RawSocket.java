package chat.weir.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A socket with which a test can send arbitrary bytes and inspect the exact response. */
public final class RawSocket implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    public static RawSocket connect(int port) {
        return connect(port, 0, "127.0.0.1");
    }

    /** With a receive buffer size (0: the default) and a local loopback address. */
    public static RawSocket connect(int port, int receiveBuffer, String from) {
        try {
            return new RawSocket(connected(port, receiveBuffer, from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With TLS and a local loopback address. */
    public static RawSocket connect(int port, SSLContext tls, String from) {
        try {
            Socket plain = connected(port, 0, from);
            return new RawSocket(tls.getSocketFactory().createSocket(plain, "localhost", port, true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connected(int port, int receiveBuffer, String from) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.getAllByName(from)[0], 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return socket;
    }

    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends each character as one byte. */
    public void send(String latin1) {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends an upgrade request. */
    public void sendHandshake(String path, Map<String, String> more) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost:" + socket.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        more.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        send(request.append("\r\n").toString());
    }

    /** Reads an HTTP header. */
    public String readHeader() {
        StringBuilder header = new StringBuilder();
        try {
            while (header.indexOf("\r\n\r\n") < 0) {
                header.append((char) in.readUnsignedByte());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("only got: " + header, e);
        }
        return header.toString();
    }

    /** Reads bytes, each as one character. */
    public String readText(int bytes) {
        try {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads everything until the server closes. */
    public String readAll() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one frame. */
    public WireFrame readFrame() {
        try {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            if ((second & 0x80) != 0) {
                throw new AssertionError("the server masked a frame");
            }
            long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
            return new WireFrame((first & 0x80) != 0, first & 0x0F, in.readNBytes((int) length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server closes the connection or resets it. Skips everything before. */
    public boolean isClosedByServer() {
        try {
            in.skipNBytes(Long.MAX_VALUE);
            return false;
        } catch (EOFException | SocketException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a frame, even if the server may have closed the socket. */
    void answer(WireFrame frame) {
        try {
            socket.getOutputStream().write(frame.masked());
        } catch (IOException e) {
            // It has closed; reading will show that.
        }
    }

    /** Checks that the server closes or resets the connection without sending anything. */
    void expectEnd() {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("not the end, but a byte: " + next);
            }
        } catch (SocketException e) {
            // A reset also ends the connection.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the output only. */
    public void closeOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes with a TCP reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void timeout(int millis) {
        try {
            socket.setSoTimeout(millis);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
