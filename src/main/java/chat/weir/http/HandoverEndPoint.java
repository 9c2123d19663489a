package chat.weir.http;

import chat.weir.websocket.HandedOverSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection while Jetty serves it. It begins with the bytes that were read before, reports its end to the
 * connection limits, and can be released by Jetty without being closed.
 *
 * <p>Threading: as {@link SocketChannelEndPoint}.
 */
final class HandoverEndPoint extends SocketChannelEndPoint {
    private final SelectionKey key;
    private final Executor executor;
    private final HandedOverSocket socket;
    private volatile boolean released;

    HandoverEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.key = key;
        this.executor = executor;
        this.socket = (HandedOverSocket) key.attachment();
    }

    /** Allows the server to close the connection while it is idle. */
    @Override
    public void onOpen() {
        super.onOpen();
        socket.closeBy(this::close);
    }

    /** The end point of a request. */
    static HandoverEndPoint of(Request request) {
        return (HandoverEndPoint)
                request.getConnectionMetaData().getConnection().getEndPoint();
    }

    HandedOverSocket socket() {
        return socket;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        ByteBuffer first = socket.alreadyRead();
        if (!first.hasRemaining()) {
            return super.fill(buffer);
        }
        notIdle();
        return BufferUtil.append(buffer, first);
    }

    @Override
    protected void needsFillInterest() {
        if (socket.alreadyRead().hasRemaining()) {
            // The selector does not know about these bytes.
            executor.execute(getFillInterest()::fillable);
        } else {
            super.needsFillInterest();
        }
    }

    /** Detaches the connection from Jetty without closing it; the caller owns it then. */
    HandedOverSocket release() {
        released = true;
        close();
        return socket;
    }

    @Override
    public void doClose() {
        if (released) {
            // onClose wakes the selector, which then removes the channel.
            key.cancel();
        } else {
            super.doClose();
        }
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        if (!released) {
            socket.closed();
        }
    }
}
