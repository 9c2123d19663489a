package chat.weir.bench.reference;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * The event loop that the floors and the listing server share: it accepts connections, performs handshakes, reads
 * frames and passes messages to a {@link Delivery}.
 *
 * <p>Threading: confined to the thread that calls {@link #run}.
 */
final class FloorLoop {
    private static final int READ_BYTES = 128 * 1024;

    private final Delivery delivery;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listening = ServerSocketChannel.open();
    private final Map<String, FloorChannel> channels = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final ClientFrame frame = new ClientFrame();

    FloorLoop(int port, Delivery delivery) throws IOException {
        this.delivery = delivery;
        listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        listening.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Runs until the process ends. */
    void run() throws IOException {
        System.out.println("ready");
        while (selector.isOpen()) {
            selector.select(this::serve);
            delivery.endOfCycle();
        }
    }

    private void serve(SelectionKey key) {
        if (!(key.attachment() instanceof FloorMember member)) {
            accept();
            return;
        }
        try {
            if (key.isValid() && key.isReadable()) {
                receive(member);
            }
            if (key.isValid() && key.isWritable()) {
                member.writeRemainder();
            }
        } catch (IOException gone) {
            close(member);
        }
    }

    private void accept() {
        try {
            SocketChannel socket = listening.accept();
            if (socket != null) {
                socket.configureBlocking(false);
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
                key.attach(new FloorMember(socket, key));
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot accept", e);
        }
    }

    private void receive(FloorMember member) throws IOException {
        if (!member.read(buffer)) {
            close(member);
            return;
        }
        FloorChannel channel = member.channel();
        if (channel == null) {
            shakeHands(member);
        } else {
            readFrames(member, channel);
        }
        member.keep(buffer);
    }

    private void shakeHands(FloorMember member) {
        FloorHandshake request = FloorHandshake.take(buffer);
        if (request != null) {
            member.enter(channels.computeIfAbsent(request.path(), path -> new FloorChannel()));
            member.write(request.response());
            member.write(FloorFrames.connection(request.path().substring(1)));
        }
    }

    private void readFrames(FloorMember member, FloorChannel channel) {
        while (frame.find(buffer)) {
            if (frame.isClose()) {
                close(member);
                buffer.position(buffer.limit());
                return;
            }
            if (FloorFrames.isMessage(buffer, frame)) {
                delivery.message(channel, buffer, frame);
            } else if (frame.isText()) {
                delivery.other(member, channel, buffer, frame);
            }
            buffer.position(frame.end());
        }
    }

    private void close(FloorMember member) {
        FloorChannel channel = member.channel();
        member.close();
        if (channel != null) {
            delivery.left(member, channel);
        }
    }
}
