package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Finds the server's frames in the input. It recognizes broadcast messages by three comparisons, and user lists by two.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class ServerFrames {
    private static final int FIN_AND_TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final int LONG_HEADER_BYTES = 10;

    private final FrameListener listener;
    private final Dialect dialect;
    private int joined;

    ServerFrames(FrameListener listener, Dialect dialect) {
        this.listener = listener;
        this.dialect = dialect;
    }

    /** The handshake of a client is complete. */
    void opened(Client client) {
        client.opened();
        if (!dialect.hasGreeting()) {
            joined(client);
        }
    }

    private void joined(Client client) {
        joined++;
        listener.joined(client);
    }

    /** The number of clients that have joined their channels. */
    int joined() {
        return joined;
    }

    /** Reads all complete frames from a little-endian buffer; the beginning of an incomplete frame remains. */
    void take(Client client, ByteBuffer buffer, long nanos) {
        int at = buffer.position();
        int limit = buffer.limit();
        while (limit - at >= 2) {
            int length = buffer.get(at + 1);
            int payload = at + 2;
            if (length == SHORT_LENGTH) {
                if (limit - at < 4) {
                    break;
                }
                length = (buffer.get(at + 2) & 0xFF) << 8 | (buffer.get(at + 3) & 0xFF);
                payload = at + 4;
            } else if (length == LONG_LENGTH) {
                if (limit - at < LONG_HEADER_BYTES) {
                    break;
                }
                length = longLength(buffer, at + 2);
                payload = at + LONG_HEADER_BYTES;
            } else if (length < 0) {
                throw new LoadFailure("the server sent a masked frame, or no frame at all");
            }
            if (limit - payload < length) {
                break;
            }
            int opcode = buffer.get(at) & 0xFF;
            at = payload + length;
            if (opcode == FIN_AND_TEXT
                    && length > MessageText.MIN_PAYLOAD_BYTES
                    && MessageText.isAt(buffer, payload)
                    && buffer.get(at - 1) == '}') {
                listener.message(client, buffer, payload, nanos);
            } else if (opcode == FIN_AND_TEXT && UsersText.isAt(buffer, payload, length)) {
                listener.users(client, UsersText.count(buffer, at));
            } else {
                takeOther(client, opcode, buffer.slice(payload, length));
            }
        }
        buffer.position(at);
    }

    private static int longLength(ByteBuffer littleEndian, int at) {
        long length = Long.reverseBytes(littleEndian.getLong(at));
        if (length < 0 || length > littleEndian.capacity() - LONG_HEADER_BYTES) {
            throw new LoadFailure("the server sent a frame of " + length + " bytes");
        }
        return (int) length;
    }

    private void takeOther(Client client, int opcode, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        switch (opcode) {
            case FIN_AND_TEXT -> takeText(client, new String(bytes, UTF_8));
            case PING -> client.append(ClientFrames.pong(bytes));
            case CLOSE ->
                throw new LoadFailure("the server closed client " + client.number() + ": "
                        + (bytes.length < 2 ? "no code" : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF)));
            default -> throw new LoadFailure("a frame that begins with 0x" + Integer.toHexString(opcode));
        }
    }

    private void takeText(Client client, String payload) {
        if (payload.startsWith("{\"type\":\"connection\"")) {
            joined(client);
        } else if (payload.startsWith("{\"type\":\"error\"") || payload.startsWith("{\"type\":\"message\"")) {
            throw new LoadFailure("client " + client.number() + " received " + payload);
        } else {
            listener.other(client, payload);
        }
    }
}
