package chat.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.RawSocket;
import chat.weir.testing.WireFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoServerTest {
    private static final int MAX = 1 << 20;

    private EchoServer server;
    private RawSocket client;

    @BeforeEach
    void start() throws IOException {
        server = EchoServer.start(0, MAX);
        client = RawSocket.connect(server.port());
        client.sendHandshake("/", Map.of());
        client.readHeader();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, MAX})
    void echoesTextAsTextAndBinaryAsBinary(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        WireFrame binary = new WireFrame(true, WireFrame.BINARY, bytes);
        client.send(binary.masked());
        assertEquals(binary, client.readFrame());
        WireFrame text = new WireFrame(true, WireFrame.TEXT, "x".repeat(length).getBytes(StandardCharsets.US_ASCII));
        client.send(text.masked());
        assertEquals(text, client.readFrame());
    }

    @Test
    void echoesFragmentsAsOneMessageOfTheSameType() {
        client.send(new WireFrame(false, WireFrame.BINARY, new byte[] {-1}).masked());
        client.send(new WireFrame(true, WireFrame.CONTINUATION, new byte[] {-2}).masked());
        assertEquals(new WireFrame(true, WireFrame.BINARY, new byte[] {-1, -2}), client.readFrame());
    }

    @Test
    void answersPingsBetweenFragments() {
        client.send(new WireFrame(false, WireFrame.TEXT, new byte[] {'a'}).masked());
        client.send(new WireFrame(true, WireFrame.PING, new byte[] {'p'}).masked());
        assertEquals(new WireFrame(true, WireFrame.PONG, new byte[] {'p'}), client.readFrame());
        client.send(new WireFrame(true, WireFrame.CONTINUATION, new byte[] {'b'}).masked());
        assertEquals(new WireFrame(true, WireFrame.TEXT, new byte[] {'a', 'b'}), client.readFrame());
    }

    @ParameterizedTest
    @CsvSource({"1000", "3000", "4999"})
    void answersACloseWithItsCode(int code) {
        byte[] payload = {(byte) (code >>> 8), (byte) code};
        client.send(new WireFrame(true, WireFrame.CLOSE, payload).masked());
        assertEquals(code, client.readFrame().closeCode());
    }

    @Test
    void closesOnInvalidUtf8() {
        client.send(new WireFrame(true, WireFrame.TEXT, new byte[] {-1}).masked());
        assertEquals(1007, client.readFrame().closeCode());
    }
}
