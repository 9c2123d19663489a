package chat.weir.channel;

import chat.weir.history.MemoryMessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.protocol.Frame;
import chat.weir.protocol.JsonCodec;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Channels whose members read nothing. */
final class ChannelsFixture implements AutoCloseable {
    static final int MAX_CHANNELS = 8;

    static final Subscriber NOBODY = new Subscriber() {
        @Override
        public void deliver(ByteBuffer frames) {
            frames.position(frames.limit());
        }

        @Override
        public void deliver(Frame frame) {
            // Nobody reads it.
        }

        @Override
        public boolean reserve(int bytes) {
            return true;
        }

        @Override
        public void unreserve(int bytes) {
            // Nothing is counted.
        }
    };

    private final Turns turns = new Turns(2);
    private final Channels channels = new Channels(
            new ChannelRules(
                    new JsonCodec(),
                    turns,
                    new MemoryMessageLog(Clock.systemUTC(), 1 << 20),
                    1 << 20,
                    new Semaphore(1_000),
                    100,
                    MAX_CHANNELS,
                    new MemoryBudget(1 << 20),
                    new Upkeep(),
                    new AtomicBoolean(),
                    new Metrics(),
                    Clock.systemUTC(),
                    System::nanoTime),
            ended -> {});

    Channels channels() {
        return channels;
    }

    @Override
    public void close() {
        turns.close();
    }
}
