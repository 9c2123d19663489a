package chat.weir.connection;

import chat.weir.channel.Broadcaster;
import chat.weir.channel.ChannelConfig;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.ChannelTicker;
import chat.weir.channel.MemoryBudget;
import chat.weir.history.MessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.frame.Frame;
import chat.weir.worker.WorkerPools;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Connections without sockets, in a server without accounts and moderation. */
final class ConnectionFixture implements AutoCloseable {
    private final Broadcaster broadcaster = new Broadcaster(2);
    private final WorkerPools workerPools = new WorkerPools();
    private final Environment environment;
    private final CommandDispatcher dispatcher;

    /** Notes what it is given. */
    static final class TestWire implements ClientTransport {
        final List<String> taken = new CopyOnWriteArrayList<>();
        private final List<String> waiting = new CopyOnWriteArrayList<>();
        volatile boolean isHeld;

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
        public void hold() {
            isHeld = true;
        }

        @Override
        public void release(ByteBuffer frames) {
            isHeld = false;
            deliver(frames);
            taken.addAll(waiting);
        }

        @Override
        public void deliver(ByteBuffer frames) {
            (isHeld ? waiting : taken).add(StandardCharsets.UTF_8.decode(frames).toString());
        }

        @Override
        public void deliver(Frame frame) {
            ByteBuffer bytes = ByteBuffer.allocate(frame.length());
            frame.putInto(bytes);
            deliver(bytes.flip());
        }
    }

    ConnectionFixture(MessageLog log) {
        JsonCodec codec = new JsonCodec();
        Clock clock = Clock.systemUTC();
        ChannelRegistry channels = new ChannelRegistry(
                new ChannelConfig(
                        codec,
                        broadcaster,
                        log,
                        1 << 20,
                        new Semaphore(1_000),
                        100,
                        1_000,
                        new MemoryBudget(1 << 24),
                        new ChannelTicker(),
                        new AtomicBoolean(),
                        new Metrics(),
                        clock,
                        System::nanoTime),
                ended -> {});
        environment = new Environment(
                rules(clock),
                channels,
                log,
                null,
                null,
                null,
                null,
                null,
                null,
                workerPools,
                new AtomicLong(1 << 24),
                codec,
                new Metrics());
        dispatcher = new CommandDispatcher(environment);
    }

    private static ConnectionConfig rules(Clock clock) {
        return new ConnectionConfig(
                "",
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                8_192,
                0,
                50,
                1 << 20,
                false,
                false,
                clock,
                System::nanoTime);
    }

    Environment environment() {
        return environment;
    }

    WorkerPools workerPools() {
        return workerPools;
    }

    Connection connect(ClientTransport transport) {
        return Connection.join(environment, dispatcher, transport, new ChannelId("fishing"), true);
    }

    @Override
    public void close() {
        workerPools.close();
        broadcaster.close();
    }
}
