package chat.weir.websocket;

import chat.weir.command.SocketListenerFactory;
import chat.weir.protocol.frame.CloseCode;
import chat.weir.websocket.descriptor.AcceptGate;
import chat.weir.websocket.descriptor.FreeDescriptors;
import chat.weir.websocket.descriptor.SpareDescriptor;
import chat.weir.websocket.handshake.UpgradeRequest;
import chat.weir.websocket.handshake.UpgradeResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket server: accepts sockets, opens a listener for each client, and ends in an orderly way.
 *
 * <p>Threading: safe. All sockets are read, and what comes from them is handled, on the library's one selector thread;
 * its workers only return buffers.
 */
public final class ChatServer extends WebSocketServer implements WebSocketUpgrades {
    private static final Logger log = LoggerFactory.getLogger(ChatServer.class);
    private static final Duration DEADLINE_CHECK = Duration.ofMillis(100);
    private static final Duration DESCRIPTOR_COUNT = Duration.ofSeconds(10);
    private static final int READ_BUFFER_BYTES = 16 * 1024;
    /** The library allocates two buffers for each and one more; it adds one for each client, up to that. */
    private static final int WORKERS = 16;

    private final ServerSocketChannel listener;
    private final SocketContext context;
    private final Runnable onFailure;

    /** Decoded, and to be given back; confined to the selector's thread. */
    private final List<ByteBuffer> usedBuffers = new ArrayList<>();

    /** How many there are in all; confined to the selector's thread. */
    private int buffers;

    private final AtomicLong accepted = new AtomicLong();

    private final FreeDescriptors freeDescriptors;

    private final AcceptGate acceptGate;

    private final SocketFactory socketFactory;

    private final BufferRecycler bufferRecycler = new BufferRecycler(this);

    private final Thread selector = new Thread(this::select, "weir-selector");
    private volatile boolean stopping;

    /**
     * A server on a socket that is bound already.
     *
     * @param cycles told when all sockets that had something have been read
     * @param http takes the connections that ask for no WebSocket
     * @param onFailure run once if the server cannot go on, which only a fault in it or in the library can cause
     */
    public ChatServer(
            ServerSocketChannel listener,
            SocketConfig config,
            SocketListenerFactory socketListeners,
            SelectorCycleListener cycles,
            HttpConnections http,
            Runnable onFailure) {
        super(listener);
        this.listener = listener;
        this.onFailure = onFailure;
        this.context = config.context(socketListeners, cycles, http);
        this.freeDescriptors = new FreeDescriptors(
                config.freeDescriptors(), context.admissionControl().limits()::sockets);
        growBufferPool();
        setTcpNoDelay(true);
        // Otherwise the library switches it off, and the port stays in use for a minute after a restart.
        setReuseAddr(true);
        // Our own heartbeats and deadlines detect and close dead connections.
        setConnectionLostTimeout(0);
        SpareDescriptor spare = new SpareDescriptor();
        this.acceptGate = new AcceptGate(freeDescriptors, spare);
        this.socketFactory = new SocketFactory(context, spare);
        setWebSocketFactory(socketFactory);
    }

    /** The library takes a buffer for each read, and the number of its workers decides how many there are. */
    private void growBufferPool() {
        while (decoders.size() < WORKERS) {
            decoders.add(new WebSocketWorker());
        }
    }

    @Override
    public Map<String, String> accept(HandedOverSocket socket, String header) {
        UpgradeRequest request = UpgradeRequest.parse(header);
        context.admissionControl().checkUpgrade(request);
        return UpgradeResponse.fields(request);
    }

    @Override
    public void takeBack(HandedOverSocket socket, String header, ByteBuffer frames) {
        ByteBuffer rest = ByteBuffer.allocate(
                        frames.remaining() + socket.alreadyRead().remaining())
                .put(frames)
                .put(socket.alreadyRead())
                .flip();
        ClientSocket client = socketFactory.newSocket();
        context.metrics().returns().increment();
        try {
            // Without interest until the connection is complete.
            SelectionKey key = socket.channel().register(socket.selector(), 0, client);
            client.setSelectionKey(key);
            SocketChannelAdapter channel =
                    new SocketChannelAdapter(client, socket.channel(), key, context, socket.slot());
            client.setChannel(channel);
            channel.resume(UpgradeRequest.parse(header), rest);
        } catch (IOException | RuntimeException e) {
            log.debug("a connection did not come back", e);
            socket.closed();
            cut(socket);
        }
    }

    private static void cut(HandedOverSocket socket) {
        try {
            socket.channel().close();
        } catch (IOException e) {
            log.debug("closing a connection that did not come back", e);
        }
    }

    /** Begins to accept, and to watch over deadlines with the scheduler. */
    public void start(ScheduledExecutorService scheduler) {
        freeDescriptors.count();
        selector.start();
        Future<?> unused = scheduler.scheduleWithFixedDelay(
                this::checkDeadlines, DEADLINE_CHECK.toMillis(), DEADLINE_CHECK.toMillis(), TimeUnit.MILLISECONDS);
        unused = scheduler.scheduleWithFixedDelay(
                freeDescriptors::count,
                DESCRIPTOR_COUNT.toMillis(),
                DESCRIPTOR_COUNT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Runs the library's loop, and notices when it ends. */
    private void select() {
        try {
            context.selectorCycle().begin();
            run();
        } finally {
            fail("the network loop has ended");
        }
    }

    private void checkDeadlines() {
        try {
            context.socketTimeouts().check();
            context.messageDeadlines().check();
        } catch (Throwable e) {
            // An exception that leaves here would silently end all checks.
            log.error("checking deadlines failed", e);
        }
        acceptGate.reopen();
        if (!listener.isOpen()) {
            // The library closes it when accept() fails; then no client could connect any more.
            fail("the listening socket has been closed");
        }
    }

    private void fail(String why) {
        if (!stopping) {
            stopping = true;
            try {
                onFailure.run();
            } finally {
                log.error("{}", why);
            }
        }
    }

    /** Stops accepting, and closes all connections with a code that asks clients to reconnect later. */
    public void closeAll(int code, String reason) throws IOException {
        stopping = true;
        context.admissionControl().close();
        listener.close();
        for (ControlledSocket socket : context.openSockets()) {
            socket.close(code, reason, false);
        }
    }

    /** How many clients are connected. */
    public int connectionCount() {
        return context.openSockets().size();
    }

    /** How many sockets are open, whatever state they are in. */
    public int socketCount() {
        return context.admissionControl().limits().sockets();
    }

    /** How many connections the selector has turned to so far, refused ones included. */
    public long acceptedCount() {
        return accepted.get();
    }

    /** How many bytes wait for the client for which most wait. Looks at each. */
    public int largestQueue() {
        return context.openSockets().stream()
                .mapToInt(ControlledSocket::waitingBytes)
                .max()
                .orElse(0);
    }

    /** How many bytes wait for clients to take them. */
    public long queuedBytes() {
        return context.outgoing().used();
    }

    /** Whether the server goes away. */
    public boolean isDraining() {
        return context.admissionControl().isClosed();
    }

    /** How many bytes wait in memory for clients to take them, or for the rest of what they send. */
    public long waitingBytes() {
        return context.outgoing().used() + context.incoming().used();
    }

    /** Ends the library's threads. What is still connected is cut. */
    public void terminate() throws InterruptedException {
        stopping = true;
        for (ControlledSocket socket : context.openSockets()) {
            socket.closeConnection(1001, "cut off", false);
        }
        stop(500);
    }

    /** Reads bypass a copy when the buffer is outside the heap. */
    @Override
    public ByteBuffer createBuffer() {
        buffers++;
        return ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    }

    /**
     * Decodes what was read right here, on the selector's thread, instead of handing it to a worker: with nothing in it
     * that waits, the hand-over costs more than the work.
     */
    @Override
    protected void queue(WebSocketImpl socket) throws InterruptedException {
        ByteBuffer bytes = socket.inQueue.remove();
        socket.decode(bytes);
        usedBuffers.add(bytes);
        if (2 * usedBuffers.size() > buffers) {
            giveBuffersBack();
        }
    }

    /**
     * Returns buffers to the library's pool, which only its workers can do. The lock lets a worker wake once for several
     * buffers; otherwise it would wake and sleep again for each.
     */
    private void giveBuffersBack() throws InterruptedException {
        synchronized (bufferRecycler) {
            for (ByteBuffer buffer : usedBuffers) {
                bufferRecycler.inQueue.add(buffer);
                super.queue(bufferRecycler);
            }
        }
        usedBuffers.clear();
    }

    /** Called before the library accepts a socket. Returning false would make it cancel the listening socket's key. */
    @Override
    protected boolean onConnect(SelectionKey listening) {
        accepted.incrementAndGet();
        acceptGate.admit(listening);
        return true;
    }

    @Override
    public void onOpen(WebSocket webSocket, ClientHandshake handshake) {
        throw notHere();
    }

    @Override
    public void onClose(WebSocket webSocket, int code, String reason, boolean byClient) {
        throw notHere();
    }

    @Override
    public void onMessage(WebSocket webSocket, String message) {
        throw notHere();
    }

    private static IllegalStateException notHere() {
        return new IllegalStateException("sockets report to SocketEvents, and their input goes to InboundHandler");
    }

    @Override
    public void onError(@Nullable WebSocket webSocket, Exception e) {
        log.error("a fault in the network layer", e);
        if (webSocket != null) {
            webSocket.close(CloseCode.FAULT.number(), "a fault in the server");
        }
    }

    @Override
    public void onStart() {
        log.debug("selecting");
    }
}
