package chat.weir.channel;

import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.channel.broadcast.FrameReceiver;
import chat.weir.channel.presence.ChannelTicker;
import chat.weir.history.InMemoryMessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.JsonCodec;
import chat.weir.protocol.frame.Frame;
import chat.weir.worker.MemoryBudget;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A channel registry, and members that discard everything. */
final class ChannelRegistryFixture implements AutoCloseable {
    static final int MAX_CHANNELS = 8;

    static final FrameReceiver NOBODY = new FrameReceiver() {
        @Override
        public void deliver(ByteBuffer frames) {
            frames.position(frames.limit());
        }

        @Override
        public void deliver(Frame frame) {
            // Discarded.
        }

        @Override
        public boolean reserve(int bytes) {
            return true;
        }

        @Override
        public void unreserve(int bytes) {
            // Not counted.
        }
    };

    private final Broadcaster broadcaster = new Broadcaster(2);
    private final ChannelConfig config;
    private final ChannelRegistry channels;

    ChannelRegistryFixture() {
        this(new MemoryBudget(1 << 20));
    }

    ChannelRegistryFixture(MemoryBudget budget) {
        config = new ChannelConfig(
                new JsonCodec(),
                broadcaster,
                new InMemoryMessageLog(Clock.systemUTC(), 1 << 20),
                1 << 20,
                new Semaphore(1_000),
                100,
                MAX_CHANNELS,
                budget,
                new ChannelTicker(),
                new AtomicBoolean(),
                new Metrics(),
                Clock.systemUTC(),
                System::nanoTime);
        channels = new ChannelRegistry(config, ended -> {});
    }

    ChannelConfig config() {
        return config;
    }

    static ChannelClient client() {
        return new TestChannelClient(NOBODY);
    }

    ChannelRegistry channels() {
        return channels;
    }

    @Override
    public void close() {
        broadcaster.close();
    }
}
