package chat.weir.websocket;

import java.nio.ByteBuffer;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketListener;

/**
 * A dummy client: makes one of the library's workers put a buffer that has been decoded already back into its pool.
 *
 * <p>Threading: its lock is held by the thread that queues buffers for it, until all of them are queued.
 */
final class BufferRecycler extends WebSocketImpl {
    BufferRecycler(WebSocketListener events) {
        super(events, UnusedDraft.LIST);
    }

    /** Waits until all that is to be given back has been queued; the worker puts the buffer back after this. */
    @Override
    public synchronized void decode(ByteBuffer decoded) {
        decoded.clear();
    }
}
