package chat.weir.http;

import chat.weir.websocket.HandedOverSocket;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Passes connections to Jetty that the WebSocket server has accepted and begun to read. Does not listen itself.
 *
 * <p>Threading: safe.
 */
final class HandoverConnector extends AbstractConnector {
    private final Endpoints endpoints;

    HandoverConnector(Server server, Duration idleTimeout, ConnectionFactory... protocols) {
        super(server, null, null, null, 0, protocols);
        endpoints = new Endpoints(getExecutor(), getScheduler());
        installBean(endpoints, true);
        setIdleTimeout(idleTimeout.toMillis());
    }

    /** Starts serving a connection. Safe from any thread; never blocks. */
    void take(HandedOverSocket socket) {
        if (!isRunning()) {
            discard(socket);
            return;
        }
        try {
            endpoints.accept(socket.channel(), socket);
        } catch (RuntimeException e) {
            // Jetty is stopping.
            discard(socket);
        }
    }

    private static void discard(HandedOverSocket socket) {
        close(socket.channel());
        socket.closed();
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }

    @Override
    protected void accept(int acceptor) {
        throw new IllegalStateException("this connector has no acceptors");
    }

    /** Required by the interface; there is no server socket. */
    @Override
    public @Nullable Object getTransport() {
        return null;
    }

    private final class Endpoints extends SelectorManager {
        Endpoints(Executor executor, Scheduler scheduler) {
            super(executor, scheduler, 1);
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            HandoverEndPoint endPoint =
                    new HandoverEndPoint((SocketChannel) channel, selector, key, getScheduler(), getExecutor());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment) {
            return getDefaultConnectionFactory().newConnection(HandoverConnector.this, endPoint);
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            super.endPointOpened(endPoint);
            onEndPointOpened(endPoint);
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            onEndPointClosed(endPoint);
            super.endPointClosed(endPoint);
        }

        @Override
        protected void onAcceptFailed(SelectableChannel channel, Throwable cause, Object attachment) {
            super.onAcceptFailed(channel, cause, attachment);
            LOG.debug("taking over a connection failed", cause);
            close(channel);
            ((HandedOverSocket) attachment).closed();
        }
    }
}
