package chat.weir.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A frame as the client receives it. */
public final class WireFrame {
    /** The longest header of a server's frame: two bytes, and eight of length. */
    public static final int MAX_HEADER_BYTES = 10;

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private final boolean isFinal;
    private final int opcode;
    private final byte[] payload;

    public WireFrame(boolean isFinal, int opcode, byte[] payload) {
        this.isFinal = isFinal;
        this.opcode = opcode;
        this.payload = payload;
    }

    public int opcode() {
        return opcode;
    }

    public byte[] payload() {
        return payload;
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 1005 if it has none. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    /** The reason of a close frame. */
    public String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** The masked bytes that a client sends. */
    public byte[] masked() {
        byte[] mask = {0x12, (byte) 0xF4, 0x56, 0x78};
        int header = headerBytes();
        byte[] bytes = withHeader(mask.length);
        bytes[1] |= (byte) 0x80;
        System.arraycopy(mask, 0, bytes, header, mask.length);
        for (int i = 0; i < payload.length; i++) {
            bytes[header + mask.length + i] = (byte) (payload[i] ^ mask[i & 3]);
        }
        return bytes;
    }

    /** The bytes that a server sends. */
    public byte[] unmasked() {
        byte[] bytes = withHeader(0);
        System.arraycopy(payload, 0, bytes, headerBytes(), payload.length);
        return bytes;
    }

    private int headerBytes() {
        return payload.length <= 125 ? 2 : payload.length <= 0xFFFF ? 4 : MAX_HEADER_BYTES;
    }

    private byte[] withHeader(int maskBytes) {
        int header = headerBytes();
        byte[] bytes = new byte[header + maskBytes + payload.length];
        bytes[0] = (byte) ((isFinal ? 0x80 : 0) | opcode);
        bytes[1] = (byte) (header == 2 ? payload.length : header == 4 ? 126 : 127);
        for (int i = header - 1, rest = payload.length; i > 1; i--, rest >>>= 8) {
            bytes[i] = (byte) rest;
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireFrame frame
                && frame.isFinal == isFinal
                && frame.opcode == opcode
                && Arrays.equals(frame.payload, payload);
    }

    @Override
    public int hashCode() {
        return 31 * opcode + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return opcode == CLOSE ? "close " + closeCode() + " " + closeReason() : "opcode " + opcode + " " + text();
    }
}
