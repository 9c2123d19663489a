package chat.weir.websocket;

import java.nio.ByteBuffer;
import org.java_websocket.WebSocketImpl;

/**
 * Stands in for a client when one of the library's workers is to take a buffer that has been decoded already, in order
 * to put it back into the pool.
 *
 * <p>Threading: its lock is held by whoever queues buffers for it, until all of them are queued.
 */
final class BufferRecycler extends WebSocketImpl {
    BufferRecycler(ChatServer server) {
        super(server, new HandshakeDraft());
    }

    /** Waits until all that is to be given back has been queued; the worker puts the buffer back after this. */
    @Override
    public synchronized void decode(ByteBuffer decoded) {
        decoded.clear();
    }
}
