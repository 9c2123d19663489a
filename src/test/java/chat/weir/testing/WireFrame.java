package chat.weir.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A frame as the client found it on the wire. */
public final class WireFrame {
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

    /** Of a close frame; 1005 if it has no code. */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    }

    /** Of a close frame. */
    public String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** As a client sends it, masked. */
    public byte[] masked() {
        int extended = payload.length <= 125 ? 0 : payload.length <= 0xFFFF ? 2 : 8;
        byte[] bytes = new byte[2 + extended + 4 + payload.length];
        bytes[0] = (byte) ((isFinal ? 0x80 : 0) | opcode);
        bytes[1] = (byte) (0x80 | (extended == 0 ? payload.length : extended == 2 ? 126 : 127));
        for (int i = 0; i < extended; i++) {
            bytes[2 + i] = (byte) ((long) payload.length >>> (8 * (extended - 1 - i)));
        }
        byte[] mask = {0x12, (byte) 0xF4, 0x56, 0x78};
        System.arraycopy(mask, 0, bytes, 2 + extended, 4);
        for (int i = 0; i < payload.length; i++) {
            bytes[6 + extended + i] = (byte) (payload[i] ^ mask[i & 3]);
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
