package chat.weir.websocket;

import chat.weir.command.SocketListener;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.LogText;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.Frame;
import chat.weir.websocket.handshake.AdmissionControl;
import chat.weir.websocket.handshake.IdleConnections;
import chat.weir.websocket.handshake.RequestHeaderReader;
import chat.weir.websocket.handshake.UpgradeRejection;
import chat.weir.websocket.handshake.UpgradeRequest;
import chat.weir.websocket.handshake.UpgradeResponse;
import chat.weir.websocket.outbox.Outbox;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket, from its acceptance to its end: passes input to its {@link InboundHandler} and output to its
 * {@link Outbox}, and ends by a {@link ClosingHandshake}.
 *
 * <p>Threading: sockets are read on the selector's thread; frames may be delivered by any thread.
 */
final class ClientSocket extends WebSocketImpl implements ControlledSocket, Outbox.Listener, IdleConnections.Idle {
    private static final Logger log = LoggerFactory.getLogger(ClientSocket.class);

    private final SocketContext context;
    private final InboundHandler inboundHandler;
    private final ClosingHandshake closing;

    /** Where the client is, for logs and limits; until the request has been read, the socket's peer. */
    private volatile @Nullable InetAddress client;

    private volatile @Nullable SocketListener listener;
    private volatile boolean upgraded;

    /** It has been upgraded or refused; guarded by this. */
    private boolean decided;

    ClientSocket(WebSocketListener events, SocketContext context) {
        super(events, UnusedDraft.LIST);
        this.context = context;
        this.inboundHandler = new InboundHandler(this, context);
        this.closing = new ClosingHandshake(this, context.socketTimeouts());
    }

    /** The library has read from the socket. */
    @Override
    public void decode(ByteBuffer bytes) {
        inboundHandler.receive(bytes);
    }

    /**
     * Accepts a request for a WebSocket.
     *
     * @throws UpgradeRejection if it is refused
     */
    void upgrade(RequestHeaderReader.Asked asked) {
        client = asked.client();
        context.admissionControl().checkUpgrade(asked.request());
        if (decide()) {
            channel().outbox().write(UpgradeResponse.bytes(asked.request()), false);
            open(asked.request().target());
        }
    }

    /** Opens a connection that came back from the HTTP server, which has sent the response. */
    void resumed(UpgradeRequest request, ByteBuffer frames) {
        inboundHandler.resume(request, frames);
    }

    /** As {@link #upgrade}, where the response has been sent. */
    void openAnswered(RequestHeaderReader.Asked asked) {
        client = asked.client();
        if (decide()) {
            open(asked.request().target());
        }
    }

    /**
     * Hands the connection to the HTTP server.
     *
     * @param bytes that were read from it
     * @throws UpgradeRejection 429 or 503 if there is no place for it
     */
    void leave(ByteBuffer bytes) {
        context.admissionControl().checkPlace(channel().peer());
        if (decide()) {
            context.socketTimeouts().forget(this);
            channel().leave(bytes);
        }
    }

    /** Answers the request by HTTP instead of upgrading it. */
    void refuse(UpgradeRejection refusal) {
        if (!decide()) {
            return;
        }
        context.metrics().refusals().increment(refusal.reason());
        log.info(
                "refused address={} status={} reason=\"{}\"{}",
                address(),
                refusal.status(),
                refusal.detail(),
                refusal.logged());
        closing.begin(CloseReason.by(refusal));
        channel().outbox().write(refusal.response(), true);
    }

    /** Whether to upgrade or to refuse is decided once: the request may be complete as its time is up. */
    private synchronized boolean decide() {
        boolean first = !decided;
        decided = true;
        if (first) {
            context.idle().remove(this);
        }
        return first;
    }

    /** Ends, without a word, a connection that has sent no request while others have no place. */
    @Override
    public void makeRoom() {
        closeConnection(CloseCode.TRY_LATER.number(), "a connection without a request made room for another", false);
    }

    /** The response has been sent: the client becomes a connection. */
    private void open(String target) {
        upgraded = true;
        context.openSockets().add(this);
        context.metrics().handshakes().increment();
        context.socketTimeouts().forget(this);
        InetAddress counted = client == null ? channel().peer() : client;
        ChatException refusal = context.admissionControl().refusal(channel().countFor(counted), counted);
        if (refusal == null) {
            context.listeners().open(channel().outbox(), target).ifPresent(this::opened);
        } else {
            context.metrics().refusals().increment(refusal.reason().wireName());
            log.info("turned away address={} reason=\"{}\"", address(), refusal.text());
            context.listeners().refuse(channel().outbox(), refusal, AdmissionControl.refusalCode());
        }
    }

    private void opened(SocketListener opened) {
        listener = opened;
        log.info("open address={} channel={}", address(), opened.channel());
        if (context.admissionControl().isClosed()) {
            // It was too late to be among those that were notified.
            close(CloseCode.GOING_AWAY.number(), "the server is going away", false);
        }
        if (channel().isClosed()) {
            // By another thread, which found no listener yet.
            opened.closed();
        }
    }

    @Override
    public boolean isOpen() {
        return upgraded && !isClosed();
    }

    /** The socket has been closed, by either side. */
    void closed(int code, String reason, boolean byClient) {
        context.selectorCycle().socketClosed(getSelectionKey().selector());
        if (!context.openSockets().remove(this)) {
            return;
        }
        context.metrics().closes().increment(CloseCode.label(code));
        log.info(
                "closed address={} channel={} code={} by={} reason=\"{}\"",
                address(),
                channelName(),
                code,
                byClient ? "client" : "server",
                LogText.of(reason));
        SocketListener current = listener;
        if (current != null) {
            current.closed();
        }
    }

    /** The channel around the socket has been closed, by either side. */
    void released() {
        context.idle().remove(this);
        context.socketTimeouts().forget(this);
        context.messageDeadlines().forget(this);
    }

    /** Who takes what the client sends, while the connection is open and not coming to its end. */
    @Nullable
    SocketListener listening() {
        return isEnding() ? null : listener;
    }

    boolean isEnding() {
        return closing.hasBegun();
    }

    /** A close frame has come: the answer to ours, or the first. */
    void closedByClient(int code, String reason) {
        if (closing.received(code, reason)) {
            channel().outbox().deliver(code == 0 ? Frame.closeWithoutCode() : Frame.close(code, ""));
        }
    }

    @Override
    public void closeTaken(Frame close) {
        closing.begin(CloseReason.by(close));
    }

    /** The selector says that the socket has room again. */
    void flush() throws IOException {
        after(channel().outbox().flush());
    }

    @Override
    public void after(Outbox.Outcome outcome) {
        closing.written(outcome);
    }

    @Override
    public void messageOverdue() {
        close(CloseCode.POLICY.number(), "the rest of a message did not come in time", false);
    }

    @Override
    public void deadlinePassed() {
        if (!closing.expired()) {
            refuse(UpgradeRejection.tooSlow());
        }
    }

    /** Ends the connection in an orderly way; the library calls this too. */
    @Override
    public synchronized void close(int code, String reason, boolean remote) {
        SocketListener current = listener;
        if (current != null) {
            current.close(code, reason);
        } else if (isOpen()) {
            channel().outbox().deliver(Frame.close(code, reason));
        } else {
            closeConnection(code, reason, remote);
        }
    }

    /** The client has closed its side of the socket. */
    @Override
    public void eot() {
        closing.endOfInput();
    }

    /** The library would close the socket itself once its own queue, which is always empty, is empty. */
    @Override
    public boolean isFlushAndClose() {
        return false;
    }

    @Override
    public String address() {
        InetAddress known = client;
        return (known == null ? channel().peer() : known).getHostAddress();
    }

    @Override
    public Optional<String> ownAddress() {
        InetAddress known = client;
        InetAddress own = known == null ? channel().peer() : known;
        return context.admissionControl().isProxy(own) ? Optional.empty() : Optional.of(own.getHostAddress());
    }

    @Override
    public boolean isReleased() {
        return channel().isClosed();
    }

    @Override
    public int waitingBytes() {
        return channel().outbox().waitingBytes();
    }

    /** For the log: the channel that the URL named, or nothing if it named none. */
    private String channelName() {
        SocketListener current = listener;
        return current == null ? "" : current.channel();
    }

    /** What {@link SocketFactory} put around the socket; there from before the first byte. */
    SocketChannelAdapter channel() {
        return (SocketChannelAdapter) getChannel();
    }
}
