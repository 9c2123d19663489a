package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A client that does not read is disconnected, and does not affect others. */
class SlowReaderTest {
    private static final String TEXT = "x".repeat(4_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void closesSlowClientWhenItsOutboxIsFull(int cores) {
        try (TestServer server = TestServer.onCores(cores, "MESSAGE_RATE", "0", "MAX_QUEUED_BYTES", "65536")) {
            TestClient talker = server.connectAs("talker", "/fishing");
            TestClient slow = slowReader(server);
            TestClient quick = server.connect("/fishing?heartbeat=pong");
            // More than the kernel buffers for both sockets of a client that does not read.
            int said = 3_000;
            for (int i = 0; i < said; i++) {
                talker.say(i + " " + TEXT);
                talker.expect("message");
                assertTrue(quick.expect("message").get("text").asString().startsWith(i + " "));
            }
            int got = 0;
            WireFrame frame = slow.socket().readFrame();
            while (frame.opcode() == WireFrame.TEXT) {
                assertTrue(frame.text().contains("\"text\":\"" + got + " x"), "a frame is truncated or missing");
                got++;
                frame = slow.socket().readFrame();
            }
            assertEquals(4008, frame.closeCode(), frame::toString);
            assertTrue(got < said, "the queue was not dropped");
            assertEquals(0, server.weirServer().waitingBytes());
        }
    }

    @Test
    void writesTheWholeQueueAsSoonAsTheClientReads() {
        try (TestServer server = TestServer.with("MESSAGE_RATE", "0", "MAX_QUEUED_BYTES", "100000000")) {
            TestClient talker = server.connectAs("talker", "/fishing");
            TestClient slow = slowReader(server);
            int said = 0;
            while (server.weirServer().waitingBytes() < 1_000_000) {
                talker.say(said++ + " " + TEXT);
                talker.expect("message");
            }
            for (int i = 0; i < said; i++) {
                JsonNode message = slow.expect("message");
                assertTrue(message.get("text").asString().startsWith(i + " "), "message " + i);
            }
            slow.expectNothing();
            assertEquals(0, server.weirServer().waitingBytes());
        }
    }

    private static TestClient slowReader(TestServer server) {
        RawSocket socket = RawSocket.connect(server.port(), 4_096, "127.0.0.1");
        TestClient slow = TestClient.open(socket, "/fishing?heartbeat=pong", Map.of());
        slow.expect("connection");
        return slow;
    }
}
