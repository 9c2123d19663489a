package chat.weir.bench.reference;

import java.nio.ByteBuffer;

/**
 * The position of one masked client frame in a buffer. One instance is reused for all frames.
 *
 * <p>Threading: confined to its loop's thread.
 */
final class ClientFrame {
    private int opcode;
    private int mask;
    private int payload;
    private int length;

    /** Moves to the frame at the buffer's position. @return false if it is incomplete */
    boolean find(ByteBuffer buffer) {
        int at = buffer.position();
        int available = buffer.remaining();
        if (available < 6) {
            return false;
        }
        opcode = buffer.get(at) & 0x0F;
        length = buffer.get(at + 1) & 0x7F;
        int header = 6;
        if (length == 126) {
            length = buffer.getShort(at + 2) & 0xFFFF;
            header = 8;
        } else if (length == 127) {
            throw new IllegalStateException("a client's frame of more than 64 KiB");
        }
        if (available < header + length) {
            return false;
        }
        mask = buffer.getInt(at + header - 4);
        payload = at + header;
        return true;
    }

    /** The position after this frame. */
    int end() {
        return payload + length;
    }

    int length() {
        return length;
    }

    boolean isText() {
        return opcode == 1;
    }

    boolean isClose() {
        return opcode == 8;
    }

    /** One unmasked byte of the payload. */
    byte unmasked(ByteBuffer buffer, int index) {
        return (byte) (buffer.get(payload + index) ^ (mask >>> (24 - 8 * (index & 3))));
    }

    /** Appends the unmasked payload without its last {@code omitted} bytes. */
    void unmaskInto(ByteBuffer target, ByteBuffer buffer, int omitted) {
        int count = length - omitted;
        int index = 0;
        for (; index + 4 <= count; index += 4) {
            target.putInt(buffer.getInt(payload + index) ^ mask);
        }
        for (; index < count; index++) {
            target.put(unmasked(buffer, index));
        }
    }
}
