package chat.weir.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes a client's bytes into frames (RFC 6455 section 5), and assembles fragmented messages.
 *
 * <p>Used instead of the library's decoder, which allocates the length that a header claims, does not limit fragments,
 * and throws an exception with a stack trace for each frame that arrives in two reads. This one buffers at most what
 * the client has sent, up to the limit of one frame.
 *
 * <p>Threading: confined to the thread that reads the connection.
 */
public final class FrameDecoder {
    /** A message in more fragments is an attack or an error. */
    static final int MAX_FRAGMENTS = 1_024;

    private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[4096]);
    private static final byte[] NOTHING = {};

    private final int maxMessageBytes;
    private final FrameHandler sink;

    /** An incomplete frame; usually empty. */
    private byte[] partial = NOTHING;

    private int partialLength;

    /** The fragments of an incomplete message. */
    private byte[] message = NOTHING;

    private int messageLength;
    private int fragments;
    private boolean isBinary;

    /** The number of complete messages and control frames. */
    private long completed;

    public FrameDecoder(int maxMessageBytes, FrameHandler sink) {
        this.maxMessageBytes = maxMessageBytes;
        this.sink = sink;
    }

    /**
     * Consumes the buffer, and passes on each complete message and control frame.
     *
     * @throws DisconnectException 1002, 1007, 1008 or 1009; the connection cannot be decoded any further
     */
    public void decode(ByteBuffer bytes) {
        while (bytes.hasRemaining() || partialLength > 0) {
            if (partialLength > 0) {
                if (!completePartial(bytes)) {
                    return;
                }
            } else {
                FrameHeader header = FrameHeader.read(bytes, maxMessageBytes);
                if (header == null || header.totalBytes() > bytes.remaining()) {
                    keep(bytes, bytes.remaining());
                    return;
                }
                byte[] payload = scratch(header.payloadBytes());
                bytes.position(bytes.position() + header.headerBytes());
                bytes.get(payload, 0, header.payloadBytes());
                take(header, payload);
            }
        }
    }

    /** The number of buffered bytes of incomplete input. */
    public int heldBytes() {
        return partial.length + message.length;
    }

    /** Whether a frame or a message is incomplete. */
    public boolean isIncomplete() {
        return partialLength > 0 || fragments > 0;
    }

    /** The number of complete messages. If it does not change, the incomplete input is still the same. */
    public long completed() {
        return completed;
    }

    /** Adds bytes to the incomplete frame. @return whether it is complete and has been passed on */
    private boolean completePartial(ByteBuffer bytes) {
        FrameHeader header = FrameHeader.read(ByteBuffer.wrap(partial, 0, partialLength), maxMessageBytes);
        while (header == null) {
            if (!bytes.hasRemaining()) {
                return false;
            }
            keep(bytes, 1);
            header = FrameHeader.read(ByteBuffer.wrap(partial, 0, partialLength), maxMessageBytes);
        }
        keep(bytes, Math.min(bytes.remaining(), header.totalBytes() - partialLength));
        if (partialLength < header.totalBytes()) {
            return false;
        }
        byte[] payload = scratch(header.payloadBytes());
        System.arraycopy(partial, header.headerBytes(), payload, 0, header.payloadBytes());
        partial = NOTHING;
        partialLength = 0;
        take(header, payload);
        return true;
    }

    private void keep(ByteBuffer bytes, int count) {
        partial = withRoom(partial, partialLength + count);
        bytes.get(partial, partialLength, count);
        partialLength += count;
    }

    private void take(FrameHeader header, byte[] payload) {
        int length = header.payloadBytes();
        Mask.remove(payload, length, header.mask());
        boolean isData = header.opcode() <= FrameHeader.BINARY;
        if (isData ? header.isFinal() : fragments == 0) {
            // A control frame between fragments is not part of the message.
            completed++;
        }
        switch (header.opcode()) {
            case FrameHeader.CONTINUATION, FrameHeader.TEXT, FrameHeader.BINARY -> takeData(header, payload, length);
            case FrameHeader.PING -> sink.onPing(Arrays.copyOf(payload, length));
            case FrameHeader.PONG -> sink.onPong();
            default -> takeClose(payload, length);
        }
    }

    private void takeData(FrameHeader header, byte[] payload, int length) {
        boolean continues = header.opcode() == FrameHeader.CONTINUATION;
        if (continues != fragments > 0) {
            throw new DisconnectException(
                    CloseCode.PROTOCOL_ERROR, continues ? "nothing to continue" : "a message is not complete yet");
        }
        if (header.isFinal() && !continues) {
            emit(payload, length, header.opcode() == FrameHeader.BINARY);
            return;
        }
        if (messageLength + length > maxMessageBytes) {
            throw FrameHeader.tooBig(maxMessageBytes);
        }
        if (++fragments > MAX_FRAGMENTS) {
            throw new DisconnectException(CloseCode.POLICY, "a message in more than " + MAX_FRAGMENTS + " fragments");
        }
        isBinary = continues ? isBinary : header.opcode() == FrameHeader.BINARY;
        message = withRoom(message, messageLength + length);
        System.arraycopy(payload, 0, message, messageLength, length);
        messageLength += length;
        if (header.isFinal()) {
            byte[] whole = message;
            int wholeLength = messageLength;
            message = NOTHING;
            messageLength = 0;
            fragments = 0;
            emit(whole, wholeLength, isBinary);
        }
    }

    private void emit(byte[] bytes, int length, boolean binary) {
        if (binary) {
            sink.onBinary(bytes, length);
            return;
        }
        if (!Utf8Validator.isValid(bytes, length)) {
            throw new DisconnectException(CloseCode.NOT_UTF8, "a text message is not UTF-8");
        }
        sink.onText(bytes, length);
    }

    private void takeClose(byte[] payload, int length) {
        if (length == 0) {
            sink.onClose(0, "");
            return;
        }
        int code = length == 1 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        byte[] reason = Arrays.copyOfRange(payload, Math.min(2, length), length);
        if (!isValidCloseCode(code) || !Utf8Validator.isValid(reason, reason.length)) {
            throw new DisconnectException(CloseCode.PROTOCOL_ERROR, "a close frame with a bad code or reason");
        }
        sink.onClose(code, new String(reason, StandardCharsets.UTF_8));
    }

    /** The close codes that may be sent (RFC 6455 section 7.4). */
    private static boolean isValidCloseCode(int code) {
        boolean isStandard = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
        return isStandard || (code >= 3000 && code <= 4999);
    }

    private static byte[] scratch(int length) {
        byte[] scratch = SCRATCH.get();
        if (scratch.length < length) {
            scratch = new byte[length];
            SCRATCH.set(scratch);
        }
        return scratch;
    }

    private byte[] withRoom(byte[] array, int length) {
        if (array.length >= length) {
            return array;
        }
        int limit = maxMessageBytes + FrameHeader.MAX_BYTES;
        return Arrays.copyOf(array, Math.max(length, Math.min(limit, 2 * array.length)));
    }
}
