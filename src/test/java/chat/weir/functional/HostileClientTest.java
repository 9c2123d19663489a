package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by one client that the WebSocket library alone would not prevent. Other clients must not be affected. */
class HostileClientTest {
    private final TestServer server = TestServer.start();
    private TestClient bystander;

    @BeforeEach
    void connectBystander() {
        bystander = server.connectAs("bystander", "/fishing");
    }

    /** After each attack, other clients can send, new ones can connect, and the server has not failed. */
    @AfterEach
    void othersAreNotAffected() {
        try (server) {
            bystander.say("still here");
            bystander.expect("message");
            server.connect("/fishing").close();
            assertEquals(0, server.failures());
        }
    }

    @Test
    void refusesAFrameOfAGibibyteByItsHeader() {
        TestClient client = server.connect("/fishing");
        client.socket().send(header(WireFrame.TEXT, 1L << 30));
        client.expectClose(1009);
    }

    @ParameterizedTest
    @CsvSource({"65536, true", "65537, false"})
    void acceptsAMessageUpToTheLimitOnly(int bytes, boolean isAccepted) {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        String json = "{\"type\":\"x\",\"pad\":\"" + "x".repeat(bytes - 21) + "\"}";
        assertEquals(bytes, json.length());
        client.sendText(json);
        if (isAccepted) {
            client.expectError(400);
            client.expectNothing();
        } else {
            client.expectClose(1009);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x8000000000000000, 1002", "0x7FFFFFFFFFFFFFFF, 1009", "0x0000000100000000, 1009"})
    void refusesImpossibleLengths(String length, int code) {
        TestClient client = server.connect("/fishing");
        client.socket().send(header(WireFrame.BINARY, Long.parseUnsignedLong(length.substring(2), 16)));
        client.expectClose(code);
    }

    @Test
    void limitsTheTotalSizeOfFragments() {
        TestClient client = server.connect("/fishing");
        client.socket().send(new WireFrame(false, WireFrame.TEXT, new byte[40_000]).masked());
        client.socket().send(new WireFrame(false, WireFrame.CONTINUATION, new byte[40_000]).masked());
        client.expectClose(1009);
    }

    @Test
    void limitsTheNumberOfFragments() {
        TestClient client = server.connect("/fishing");
        byte[] empty = new WireFrame(false, WireFrame.CONTINUATION, new byte[0]).masked();
        client.socket().send(new WireFrame(false, WireFrame.TEXT, new byte[0]).masked());
        for (int i = 0; i < 1_024; i++) {
            client.socket().send(empty);
        }
        client.expectClose(1008);
    }

    @Test
    void limitsTheSizeOfAHeader() {
        try (RawSocket client = RawSocket.connect(server.port())) {
            client.send("GET / HTTP/1.1\r\nX: " + "x".repeat(16 * 1024));
            assertTrue(client.readAll().startsWith("HTTP/1.1 431 "));
        }
    }

    @Test
    void closesAfterAnIncompleteMessageTimesOut() {
        TestClient client = server.connect("/fishing");
        client.socket().send(Arrays.copyOf(new WireFrame(true, WireFrame.TEXT, new byte[100]).masked(), 50));
        await().until(() -> server.weirServer().waitingBytes() > 0);
        server.advance(Duration.ofSeconds(9));
        assertEquals(2, server.weirServer().connectionCount());
        server.advance(Duration.ofSeconds(2));
        client.expectClose(1008);
        client.close();
        await().until(() -> server.weirServer().waitingBytes() == 0);
    }

    @Test
    void acceptsAMessageInPieces() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        byte[] frame =
                new WireFrame(true, WireFrame.TEXT, "{\"type\":\"x\"}".getBytes(StandardCharsets.US_ASCII)).masked();
        for (int i = 0; i < 3; i++) {
            client.socket().send(Arrays.copyOf(frame, 5));
            await().until(() -> server.weirServer().waitingBytes() > 0);
            server.advance(Duration.ofSeconds(6));
            client.socket().send(Arrays.copyOfRange(frame, 5, frame.length));
            client.expectError(400);
            // The reply is sent before the bytes are released.
            await().until(() -> server.weirServer().waitingBytes() == 0);
        }
    }

    @Test
    void givesEachMessageItsOwnDeadline() {
        TestClient client = server.connect("/fishing");
        byte[] frame =
                new WireFrame(true, WireFrame.TEXT, "{\"type\":\"x\"}".getBytes(StandardCharsets.US_ASCII)).masked();
        client.socket().send(Arrays.copyOf(frame, 5));
        for (int i = 0; i < 4; i++) {
            // Each packet ends at a different position of the next message, which shows that the server has read it.
            int held = 5 + i;
            await().until(() -> server.weirServer().waitingBytes() == held);
            server.advance(Duration.ofSeconds(6));
            client.socket()
                    .send(ByteBuffer.allocate(frame.length + 1)
                            .put(frame, held, frame.length - held)
                            .put(frame, 0, held + 1)
                            .array());
            client.expectError(400);
        }
        await().until(() -> server.weirServer().waitingBytes() == 9);
        server.advance(Duration.ofSeconds(11));
        client.expectClose(1008);
    }

    /** Neither control frames between fragments nor empty fragments extend the deadline of a message. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void givesAMessageInFragmentsOneDeadline(int length) {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.socket().send(new WireFrame(false, WireFrame.TEXT, new byte[length]).masked());
        for (int i = 0; i < 2; i++) {
            pingTwice(client);
            server.advance(Duration.ofSeconds(4));
        }
        client.socket().send(new WireFrame(false, WireFrame.CONTINUATION, new byte[length]).masked());
        pingTwice(client);
        server.advance(Duration.ofSeconds(3));
        client.expectClose(1008);
    }

    /** The second pong shows that the server has accounted for everything before the second ping. */
    private static void pingTwice(TestClient client) {
        for (int i = 0; i < 2; i++) {
            client.socket().send(new WireFrame(true, WireFrame.PING, new byte[] {1}).masked());
            client.awaitFrame(WireFrame.PONG);
        }
    }

    @ParameterizedTest
    @CsvSource({"'\ud836\udc00'", "'{\ud836\udc00'", "'{\"type\":\ud836\udc00'", "'tru\ud836\udc00'"})
    void quotesInvalidTextBeyondTheBasicPlane(String text) {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.sendText(text);
        client.expectError(400);
        client.expectNothing();
    }

    @Test
    void refusesOtherEncodingsThanUtf8() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.sendText("\0{\0\"\0t\0y\0p\0e\0\"\0:\0\"\0x\0\"\0}");
        assertTrue(client.expectError(400).get("message").asString().startsWith("not JSON"));
    }

    @Test
    void limitsFieldNamesTo256Characters() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.sendText("{\"" + "n".repeat(256) + "\":1,\"type\":\"heartbeat\",\"ref\":\"r\"}");
        client.expect("heartbeat");
        client.sendText("{\"" + "n".repeat(257) + "\":1,\"type\":\"heartbeat\"}");
        client.expectError(400);
    }

    @Test
    void answersOtherProtocolsAtOnce() {
        try (RawSocket tls = RawSocket.connect(server.port())) {
            tls.send(new byte[] {0x16, 3, 1, 2, 0});
            assertTrue(tls.readAll().startsWith("HTTP/1.1 400 "));
        }
    }

    @Test
    void closesAfterAMissingHandshakeTimesOut() {
        try (RawSocket client = RawSocket.connect(server.port())) {
            awaitSockets(2);
            server.advance(Duration.ofSeconds(9));
            client.timeout(50);
            assertEquals(false, client.isClosedByServer());
            client.timeout(10_000);
            server.advance(Duration.ofSeconds(2));
            assertTrue(client.readAll().startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void closesAfterASlowHandshakeTimesOut() {
        try (RawSocket client = RawSocket.connect(server.port())) {
            awaitSockets(2);
            for (char c : "GET / HTTP".toCharArray()) {
                client.send(String.valueOf(c));
                server.advance(Duration.ofSeconds(1));
            }
            server.advance(Duration.ofMillis(100));
            assertTrue(client.readAll().startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void closesOnlyTheConnectionThatCausedAnError() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        for (Error error : new Error[] {new StackOverflowError("a test"), new OutOfMemoryError("a test")}) {
            TestClient victim = server.connect("/fishing?heartbeat=pong");
            server.time().failOnce(error);
            victim.heartbeat();
            victim.expectClose(1011);
        }
        client.expectNothing();
    }

    @Test
    void limitsTheNestingDepth() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.sendText("[".repeat(60_000));
        client.expectError(400);
        client.sendText("{\"type\":\"heartbeat\",\"x\":" + "{\"x\":".repeat(10_000) + "1" + "}".repeat(10_001));
        client.expectError(400);
        client.expectNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "81 02 7B 7D, 1002",
        "C1 80 00 00 00 00, 1002",
        "83 80 00 00 00 00, 1002",
        "8B 80 00 00 00 00, 1002",
        "80 80 00 00 00 00, 1002",
        "09 80 00 00 00 00, 1002",
        "89 FE 00 7E 00 00 00 00, 1002",
        "01 80 00 00 00 00 81 80 00 00 00 00, 1002",
        "81 82 00 00 00 00 C3 28, 1007",
        "82 81 00 00 00 00 FF, 1003",
        "02 81 00 00 00 00 FF 80 80 00 00 00 00, 1003",
        "81 83 00 00 00 00 ED A0 80, 1007",
        "88 81 00 00 00 00 03, 1002",
        "88 82 00 00 00 00 03 EE, 1002",
        "88 83 00 00 00 00 03 E8 FF, 1002",
    })
    void closesOnProtocolViolations(String hex, int code) {
        TestClient client = server.connect("/fishing");
        client.socket().send(HexFormat.ofDelimiter(" ").parseHex(hex));
        client.expectClose(code);
    }

    @ParameterizedTest
    @CsvSource({"1000", "1001", "3000", "4999"})
    void echoesTheCloseCode(int code) {
        TestClient client = server.connect("/fishing");
        byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
        client.socket().send(new WireFrame(true, WireFrame.CLOSE, payload).masked());
        assertEquals(code, client.expectClose(code).closeCode());
        assertTrue(client.socket().isClosedByServer());
    }

    @Test
    void disconnectsIfTheClientDoesNotCompleteTheClose() {
        TestClient client = server.connect("/fishing");
        client.socket().send(new byte[] {(byte) 0xFF});
        client.socket().send(new byte[] {0});
        client.expectClose(1002);
        await().until(() -> server.weirServer().connectionCount() == 2);
        server.advance(Duration.ofMillis(2_100));
        assertEquals(1, server.weirServer().connectionCount());
    }

    @Test
    void treatsAHalfClosedConnectionAsClosed() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.identify("halfway");
        client.socket().closeOutput();
        assertTrue(client.socket().isClosedByServer());
        TestClient other = server.connect("/fishing?heartbeat=pong");
        // The client may see the end of its connection before its name is free.
        await().until(() -> "true"
                .equals(other.ask("'type':'identity','user':'halfway'")
                        .get("success")
                        .asString()));
    }

    @Test
    void survivesResetsInEveryState() {
        for (int i = 0; i < 20; i++) {
            RawSocket.connect(server.port()).reset();
            RawSocket half = RawSocket.connect(server.port());
            half.send("GET / HT");
            half.reset();
            TestClient open = server.connect("/fishing");
            open.socket().send(header(WireFrame.TEXT, 100));
            open.socket().reset();
        }
        await().until(() -> server.weirServer().connectionCount() == 1);
    }

    @Test
    void closesOnAFloodOfInvalidMessages() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        try {
            for (int i = 0; i < 100; i++) {
                client.sendText("nonsense");
            }
        } catch (UncheckedIOException e) {
            // Expected: the server disconnects before the end.
        }
        assertEquals(4009, client.awaitClose().closeCode());
    }

    @Test
    void closesOnAFloodOfPings() {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        byte[] ping = new WireFrame(true, WireFrame.PING, "x".getBytes(StandardCharsets.US_ASCII)).masked();
        ByteBuffer flood = ByteBuffer.allocate(ping.length * 300);
        while (flood.hasRemaining()) {
            flood.put(ping);
        }
        client.socket().send(flood.array());
        assertEquals(4009, client.awaitClose().closeCode());
    }

    private void awaitSockets(int count) {
        await().until(() -> server.weirServer().socketCount() == count);
    }

    private static byte[] header(int opcode, long length) {
        return ByteBuffer.allocate(14)
                .put((byte) (0x80 | opcode))
                .put((byte) 0xFF)
                .putLong(length)
                .putInt(0)
                .array();
    }
}
