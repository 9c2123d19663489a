package chat.weir.websocket;

import chat.weir.connection.ClientHandler;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.Disconnect;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in of one socket: the request first, then frames, which go to the connection. Whatever comes, nothing but
 * this socket is harmed by it.
 *
 * <p>Threading: confined to the selector's thread.
 */
final class Receiver implements FrameSink {
    private static final Logger log = LoggerFactory.getLogger(Receiver.class);

    private final ClientSocket socket;
    private final SocketRules rules;
    private final FrameDecoder frames;

    /** Null once the request is complete. */
    private @Nullable Opening opening;

    /** What the client sends cannot be understood any more, or does not matter. */
    private boolean deaf;

    /** The rest of a message has a deadline. */
    private boolean awaitsRest;

    /** How many messages were complete before the one whose rest has a deadline. */
    private long completedBefore;

    Receiver(ClientSocket socket, SocketRules rules) {
        this.socket = socket;
        this.rules = rules;
        this.opening = new Opening(rules.admission());
        this.frames = new FrameDecoder(rules.maxFrameBytes(), this);
    }

    /** Takes what was read from the socket. */
    void receive(ByteBuffer bytes) {
        if (deaf || (opening != null && socket.isEnding())) {
            return;
        }
        try {
            if (opening == null || open(opening, bytes)) {
                frames.decode(bytes);
            }
            account();
        } catch (Disconnect e) {
            end(e.code(), e.reason());
        } catch (HandshakeRefusal e) {
            deaf = true;
            socket.refuse(e);
        } catch (Throwable e) {
            // Errors too: the library stops the whole server for a StackOverflowError that leaves here.
            log.error("a fault address={}", socket.address(), e);
            end(CloseCode.FAULT, "a fault in the server");
        }
    }

    private void end(CloseCode code, String reason) {
        deaf = true;
        socket.close(code.number(), reason, false);
    }

    /** Begins with a request that has been answered, and with what came behind it. */
    void resume(HandshakeRequest request, ByteBuffer frames) {
        opening = null;
        socket.openAnswered(new Opening.Asked(
                request, rules.admission().client(socket.channel().peer(), request)));
        if (socket.isOpen()) {
            receive(frames);
        }
    }

    /** True when the request is complete and the connection open. */
    private boolean open(Opening current, ByteBuffer bytes) {
        if (!current.read(bytes)) {
            return false;
        }
        opening = null;
        Opening.Asked asked = current.asked(socket.channel().peer());
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
        int bytes = opening == null ? frames.heldBytes() : opening.heldBytes();
        if (!socket.channel().hold(bytes)) {
            throw new Disconnect(CloseCode.TRY_LATER, "the server holds too much that is not complete");
        }
        if (opening == null) {
            watchRest();
        }
    }

    /** Gives each message a deadline of its own: a client that sends steadily has hardly ever nothing under way. */
    private void watchRest() {
        boolean incomplete = frames.isIncomplete();
        boolean isAnother = frames.completed() != completedBefore;
        if (incomplete && (!awaitsRest || isAnother)) {
            rules.messageDeadlines().set(socket, rules.receiveTimeout().toNanos());
        } else if (!incomplete && awaitsRest) {
            rules.messageDeadlines().forget(socket);
        }
        awaitsRest = incomplete;
        completedBefore = frames.completed();
    }

    @Override
    public void onText(byte[] utf8, int length) {
        ClientHandler handler = socket.listening();
        if (handler != null) {
            handler.receiveText(utf8, length);
        }
    }

    @Override
    public void onBinary(byte[] bytes, int length) {
        ClientHandler handler = socket.listening();
        if (handler != null) {
            handler.receiveBinary(bytes, length);
        }
    }

    @Override
    public void onPing(byte[] payload) {
        ClientHandler handler = socket.listening();
        if (handler != null) {
            handler.receivePing(payload);
        }
    }

    @Override
    public void onPong() {
        ClientHandler handler = socket.listening();
        if (handler != null) {
            handler.receivePong();
        }
    }

    @Override
    public void onClose(int code, String reason) {
        deaf = true;
        socket.closedByClient(code, reason);
    }
}
