package chat.weir.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.WireFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final int MAX = 70_000;

    private final List<String> seen = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(MAX, new FrameHandler() {
        @Override
        public void onText(byte[] utf8, int length) {
            seen.add("text " + new String(utf8, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onBinary(byte[] bytes, int length) {
            seen.add("binary " + new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void onPing(byte[] payload) {
            seen.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onPong() {
            seen.add("pong");
        }

        @Override
        public void onClose(int code, String reason) {
            seen.add("close " + code + " " + reason);
        }
    });

    /** The result does not depend on how the network splits the stream. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 13, 125, 126, 1_000, 65_535, 65_536, 1_000_000})
    void decodesTheSameFramesForEverySplit(int piece) {
        List<String> expected = new ArrayList<>();
        byte[] stream = everySize(expected);
        for (int from = 0; from < stream.length; from += piece) {
            decoder.decode(ByteBuffer.wrap(stream, from, Math.min(piece, stream.length - from)));
        }
        assertEquals(expected, seen);
        assertEquals(0, decoder.heldBytes());
    }

    private static byte[] everySize(List<String> expected) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 7, 8, 9, 125, 126, 127, 255, 256, 4_096, 4_097, 65_535, 65_536, MAX}) {
            String text = random.ints(size, 'a', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            expected.add("text " + text);
            stream.writeBytes(frame(true, WireFrame.TEXT, text));
            int cut = size / 3;
            expected.add("ping between");
            expected.add("binary " + text);
            stream.writeBytes(frame(false, WireFrame.BINARY, text.substring(0, cut)));
            stream.writeBytes(frame(true, WireFrame.PING, "between"));
            stream.writeBytes(frame(false, WireFrame.CONTINUATION, text.substring(cut, 2 * cut)));
            stream.writeBytes(frame(true, WireFrame.CONTINUATION, text.substring(2 * cut)));
        }
        expected.add("pong");
        stream.writeBytes(frame(true, WireFrame.PONG, ""));
        expected.add("close 0 ");
        stream.writeBytes(frame(true, WireFrame.CLOSE, ""));
        expected.add("close 1000 bye");
        stream.writeBytes(frame(true, WireFrame.CLOSE, "\u0003\u00e8bye"));
        return stream.toByteArray();
    }

    @Test
    void buffersNoMoreThanItReceived() {
        byte[] frame = frame(true, WireFrame.TEXT, "x".repeat(60_000));
        decoder.decode(ByteBuffer.wrap(frame, 0, 100));
        assertTrue(decoder.heldBytes() < 300, "held " + decoder.heldBytes());
    }

    @Test
    void acceptsTheLargestMessageInFragments() {
        decoder.decode(ByteBuffer.wrap(frame(false, WireFrame.TEXT, "x".repeat(MAX - 1))));
        decoder.decode(ByteBuffer.wrap(frame(true, WireFrame.CONTINUATION, "x")));
        assertEquals(List.of("text " + "x".repeat(MAX)), seen);
        decoder.decode(ByteBuffer.wrap(frame(false, WireFrame.TEXT, "x".repeat(MAX))));
        DisconnectException e = assertThrows(
                DisconnectException.class,
                () -> decoder.decode(ByteBuffer.wrap(frame(true, WireFrame.CONTINUATION, "x"))));
        assertEquals(CloseCode.TOO_BIG, e.code());
    }

    @Test
    void acceptsUtf8SplitWithinACharacter() {
        decoder.decode(ByteBuffer.wrap(new WireFrame(false, WireFrame.TEXT, new byte[] {(byte) 0xC3}).masked()));
        decoder.decode(ByteBuffer.wrap(new WireFrame(true, WireFrame.CONTINUATION, new byte[] {(byte) 0xA9}).masked()));
        assertEquals(List.of("text \u00e9"), seen);
    }

    @Test
    void acceptsInvalidUtf8InBinaryMessagesOnly() {
        decoder.decode(ByteBuffer.wrap(frame(true, WireFrame.BINARY, "\u00ff")));
        decoder.decode(ByteBuffer.wrap(frame(false, WireFrame.BINARY, "\u00fe")));
        decoder.decode(ByteBuffer.wrap(frame(true, WireFrame.CONTINUATION, "\u00fd")));
        assertEquals(List.of("binary \u00ff", "binary \u00fe\u00fd"), seen);
        assertEquals(CloseCode.NOT_UTF8, refusal(frame(true, WireFrame.TEXT, "\u00ff")));
        decoder.decode(ByteBuffer.wrap(frame(false, WireFrame.TEXT, "\u00ff")));
        assertEquals(CloseCode.NOT_UTF8, refusal(frame(true, WireFrame.CONTINUATION, "")));
    }

    /** RFC 6455 section 5.2: the most significant bit of a length of 64 bits must be 0. */
    @Test
    void refusesALengthWithTheHighestBit() {
        byte[] header = new byte[14];
        header[0] = (byte) 0x82;
        header[1] = (byte) 0xFF;
        header[2] = (byte) 0x80;
        assertEquals(CloseCode.PROTOCOL_ERROR, refusal(header));
        header[2] = 0x7F;
        assertEquals(CloseCode.TOO_BIG, refusal(header));
    }

    private CloseCode refusal(byte[] bytes) {
        return assertThrows(DisconnectException.class, () -> decoder.decode(ByteBuffer.wrap(bytes)))
                .code();
    }

    private static byte[] frame(boolean isFinal, int opcode, String latin1) {
        return new WireFrame(isFinal, opcode, latin1.getBytes(StandardCharsets.ISO_8859_1)).masked();
    }
}
