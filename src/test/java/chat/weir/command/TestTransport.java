package chat.weir.command;

import chat.weir.connection.ClientTransport;
import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records its calls. */
public final class TestTransport implements ClientTransport {
    public final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> waiting = new CopyOnWriteArrayList<>();
    public volatile boolean isPaused;

    @Override
    public String address() {
        return "192.0.2.1";
    }

    @Override
    public Optional<String> ownAddress() {
        return Optional.of(address());
    }

    @Override
    public boolean reserve(int bytes) {
        return true;
    }

    @Override
    public void unreserve(int bytes) {
        // Nothing is counted.
    }

    @Override
    public void pause() {
        isPaused = true;
    }

    @Override
    public void resume(ByteBuffer frames) {
        isPaused = false;
        deliver(frames);
        taken.addAll(waiting);
    }

    @Override
    public void deliver(ByteBuffer frames) {
        (isPaused ? waiting : taken).add(StandardCharsets.UTF_8.decode(frames).toString());
    }

    @Override
    public void deliver(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(frame.length());
        frame.putInto(bytes);
        deliver(bytes.flip());
    }
}
