package chat.weir.http;

import chat.weir.http.routing.HttpReason;
import chat.weir.http.routing.ProblemException;
import chat.weir.protocol.ErrorReason;
import chat.weir.websocket.HandedOverSocket;
import chat.weir.websocket.WebSocketUpgrades;
import chat.weir.websocket.handshake.UpgradeRejection;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/**
 * Returns a connection to the WebSocket server if a later request on it asks for a WebSocket. Reverse proxies with
 * persistent connections do this: nginx with {@code keepalive} sends one client's upgrade on a connection that has
 * carried requests of other clients.
 *
 * <p>Threading: safe.
 */
final class WebSocketUpgrade extends AbstractConnectionFactory implements ConnectionFactory.Upgrading {
    private volatile @Nullable WebSocketUpgrades webSockets;

    WebSocketUpgrade() {
        // Jetty compares the Upgrade header with these, case-sensitively.
        super("websocket", "WebSocket", "Websocket", "WEBSOCKET");
    }

    void returnTo(WebSocketUpgrades server) {
        webSockets = server;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        throw new IllegalStateException("no connection of Jetty's begins as a WebSocket");
    }

    /** Returns null for a rejected request; the routes send the error. */
    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable answer) {
        String header = header(request.getMethod(), request.getHttpURI().getPathQuery(), request.getHttpFields());
        try {
            check(endPoint, header).forEach(answer::put);
        } catch (UpgradeRejection e) {
            return null;
        }
        if (!((HandoverEndPoint) endPoint).socket().requestBegins()) {
            // The server has closed the connection to free its slot; the routes end the request.
            return null;
        }
        return new Leaving(endPoint, connector.getExecutor(), header);
    }

    /** Throws the reason why the upgrade was rejected. @throws UpgradeRejection always */
    void refuse(org.eclipse.jetty.server.Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        check(endPoint, header(request.getMethod(), request.getHttpURI().getPathQuery(), request.getHeaders()));
        throw new ProblemException(HttpReason.UPGRADE_REQUIRED, "the value of Upgrade must be \"websocket\"");
    }

    private Map<String, String> check(EndPoint endPoint, String header) {
        WebSocketUpgrades server = webSockets;
        if (server == null) {
            throw new ProblemException(ErrorReason.UNAVAILABLE, "the server is starting");
        }
        return server.accept(((HandoverEndPoint) endPoint).socket(), header);
    }

    private static String header(String method, String target, HttpFields fields) {
        StringBuilder text = new StringBuilder(512);
        text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        for (HttpField field : fields) {
            text.append(field.getName()).append(": ").append(field.getValue()).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** Jetty opens this connection instead of its HTTP connection, after it has sent the 101 response. */
    private final class Leaving extends AbstractConnection implements Connection.UpgradeTo {
        private final String header;
        private ByteBuffer frames = ByteBuffer.allocate(0);

        Leaving(EndPoint endPoint, Executor executor, String header) {
            super(endPoint, executor);
            this.header = header;
        }

        @Override
        public void onUpgradeTo(@Nullable ByteBuffer unconsumed) {
            if (unconsumed != null) {
                frames = unconsumed;
            }
        }

        @Override
        public void onOpen() {
            super.onOpen();
            WebSocketUpgrades server = webSockets;
            HandedOverSocket socket = ((HandoverEndPoint) getEndPoint()).release();
            if (server == null) {
                throw new IllegalStateException("the upgrade was not accepted");
            }
            server.takeBack(socket, header, frames);
        }

        @Override
        public void onFillable() {
            throw new IllegalStateException("nothing is read here");
        }
    }
}
