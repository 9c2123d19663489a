package chat.weir.websocket;

import chat.weir.command.SocketListener;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.protocol.frame.DisconnectException;
import chat.weir.protocol.frame.FrameDecoder;
import chat.weir.protocol.frame.FrameHandler;
import chat.weir.websocket.handshake.RequestHeaderReader;
import chat.weir.websocket.handshake.UpgradeRejection;
import chat.weir.websocket.handshake.UpgradeRequest;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the input of one socket: the request first, then frames, which go to the connection. No input can harm
 * anything but this socket.
 *
 * <p>Threading: confined to the selector's thread.
 */
final class InboundHandler implements FrameHandler {
    private static final Logger log = LoggerFactory.getLogger(InboundHandler.class);

    private final ClientSocket socket;
    private final SocketContext context;
    private final FrameDecoder frames;

    /** Null once the request is complete. */
    private @Nullable RequestHeaderReader requestHeaderReader;

    /** What the client sends cannot be understood any more, or does not matter. */
    private boolean deaf;

    /** The rest of a message has a deadline. */
    private boolean awaitsRest;

    /** How many messages were complete before the one whose rest has a deadline. */
    private long completedBefore;

    InboundHandler(ClientSocket socket, SocketContext context) {
        this.socket = socket;
        this.context = context;
        this.requestHeaderReader = new RequestHeaderReader(context.admissionControl());
        this.frames = new FrameDecoder(context.maxFrameBytes(), this);
    }

    /** Takes what was read from the socket. */
    void receive(ByteBuffer bytes) {
        if (deaf || (requestHeaderReader != null && socket.isEnding())) {
            return;
        }
        try {
            if (requestHeaderReader == null || open(requestHeaderReader, bytes)) {
                frames.decode(bytes);
            }
            account();
        } catch (DisconnectException e) {
            end(e.code(), e.reason());
        } catch (UpgradeRejection e) {
            deaf = true;
            socket.refuse(e);
        } catch (Throwable e) {
            fault(e);
        }
    }

    /** Of errors too: the library stops the whole server for a {@code StackOverflowError}. */
    private void fault(Throwable e) {
        log.error("a fault address={}", socket.address(), e);
        end(CloseCode.FAULT, "a fault in the server");
    }

    private void end(CloseCode code, String reason) {
        deaf = true;
        socket.close(code.number(), reason, false);
    }

    /** Begins with a request that has been answered, and with what came behind it. */
    void resume(UpgradeRequest request, ByteBuffer frames) {
        requestHeaderReader = null;
        try {
            socket.openAnswered(new RequestHeaderReader.Asked(
                    request, context.admissionControl().client(socket.channel().peer(), request)));
        } catch (Throwable e) {
            fault(e);
        }
        if (socket.isOpen()) {
            receive(frames);
        }
    }

    /** True when the request is complete and the connection open. */
    private boolean open(RequestHeaderReader current, ByteBuffer bytes) {
        if (!current.read(bytes)) {
            return false;
        }
        requestHeaderReader = null;
        RequestHeaderReader.Asked asked = current.asked(socket.channel().peer());
        if (asked == null) {
            deaf = true;
            socket.leave(current.allBytes(bytes));
            return false;
        }
        socket.upgrade(asked);
        return socket.isOpen();
    }

    /** Accounts for what has come in part, and sees to it that the rest comes in time. */
    private void account() {
        int bytes = requestHeaderReader == null ? frames.heldBytes() : requestHeaderReader.heldBytes();
        if (!socket.channel().hold(bytes)) {
            throw new DisconnectException(CloseCode.TRY_LATER, "the server holds too much that is not complete");
        }
        if (requestHeaderReader == null) {
            watchRest();
        }
    }

    /** Gives each message a deadline of its own: a client that sends steadily has hardly ever nothing under way. */
    private void watchRest() {
        boolean incomplete = frames.isIncomplete();
        boolean isAnother = frames.completed() != completedBefore;
        if (incomplete && (!awaitsRest || isAnother)) {
            context.messageDeadlines().set(socket, context.receiveTimeout().toNanos());
        } else if (!incomplete && awaitsRest) {
            context.messageDeadlines().forget(socket);
        }
        awaitsRest = incomplete;
        completedBefore = frames.completed();
    }

    @Override
    public void onText(byte[] utf8, int length) {
        SocketListener listener = socket.listening();
        if (listener != null) {
            listener.receiveText(utf8, length);
        }
    }

    @Override
    public void onBinary(byte[] bytes, int length) {
        SocketListener listener = socket.listening();
        if (listener != null) {
            listener.receiveBinary(bytes, length);
        }
    }

    @Override
    public void onPing(byte[] payload) {
        SocketListener listener = socket.listening();
        if (listener != null) {
            listener.receivePing(payload);
        }
    }

    @Override
    public void onPong() {
        SocketListener listener = socket.listening();
        if (listener != null) {
            listener.receivePong();
        }
    }

    @Override
    public void onClose(int code, String reason) {
        deaf = true;
        socket.closedByClient(code, reason);
    }
}
