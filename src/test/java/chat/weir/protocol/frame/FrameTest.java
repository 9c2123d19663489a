package chat.weir.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTest {

    private static ByteBuffer bytes(Frame... frames) {
        ByteBuffer buffer = ByteBuffer.allocate(400_000);
        for (Frame frame : frames) {
            frame.putInto(buffer);
        }
        return buffer.flip();
    }

    private static Frame text(int length) {
        return Frame.text(new byte[length], 0, length);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "125, 2", "126, 4", "65535, 4", "65536, 10"})
    void writesTheShortestHeader(int payload, int header) {
        assertEquals(header + payload, text(payload).length());
    }

    @Test
    void writesLengthsInNetworkOrder() {
        assertEquals((byte) 0x81, bytes(text(300)).get(0));
        assertEquals(126, bytes(text(300)).get(1));
        assertEquals(300, bytes(text(300)).getShort(2));
        assertEquals(127, bytes(text(70_000)).get(1));
        assertEquals(70_000, bytes(text(70_000)).getLong(2));
    }

    @Test
    void findsFrameBoundaries() {
        ByteBuffer run = bytes(text(10), text(200), text(70_000), text(0));
        assertEquals(0, Frame.boundaryFrom(run, 0, 0));
        assertEquals(12, Frame.boundaryFrom(run, 0, 1));
        assertEquals(12, Frame.boundaryFrom(run, 0, 12));
        assertEquals(216, Frame.boundaryFrom(run, 0, 13));
        assertEquals(70_226, Frame.boundaryFrom(run, 12, 217));
        assertEquals(70_228, Frame.boundaryFrom(run, 0, 70_227));
    }

    @Test
    void truncatesALongReasonBetweenCharacters() {
        Frame close = Frame.close(4008, "x" + "\u00e9".repeat(80));
        assertEquals(4008, close.closeCode());
        assertEquals("x" + "\u00e9".repeat(61), close.closeReason());
        assertEquals("\u00e9".repeat(61), Frame.close(1000, "\u00e9".repeat(80)).closeReason());
        assertEquals(123, Frame.close(1000, "x".repeat(123)).closeReason().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void readsACloseFrameWithoutACode() {
        assertEquals(1005, Frame.closeWithoutCode().closeCode());
        assertEquals("", Frame.closeWithoutCode().closeReason());
    }
}
