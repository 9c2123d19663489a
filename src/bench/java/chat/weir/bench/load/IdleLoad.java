package chat.weir.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * Scenario E: many clients that only answer heartbeats. Measures the server's CPU over the period, and the growth of
 * its memory since before the first connection, both after a garbage collection.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class IdleLoad implements FrameListener {
    private static final int CLIENTS_PER_CHANNEL = 100;
    /** A server that skips more than one heartbeat in ten fails the run. */
    private static final double LEAST_SHARE = 0.9;

    private final LoadOptions options;
    private long heartbeats;

    IdleLoad(LoadOptions options) {
        this.options = options;
    }

    Figures run() throws IOException {
        int count = options.count();
        try (ClientLoop loop = new ClientLoop(options, this)) {
            ServerMemory before = ServerMemory.read(options.target());
            loop.join(count, client -> "/idle-" + client / CLIENTS_PER_CHANNEL);
            loop.pollFor(options.warmUp());
            heartbeats = 0;
            Period period = Period.begin(options, loop.poller());
            loop.pollFor(options.duration());
            period.end();
            double perSecond = heartbeats / period.seconds();
            if (heartbeats < LEAST_SHARE * count * Math.floor(period.seconds())) {
                throw new LoadFailure("only " + perSecond + " heartbeats a second for " + count + " clients");
            }
            ServerMemory after = ServerMemory.read(options.target());
            Map<Figure, Double> values = new EnumMap<>(Map.of(
                    Figure.CONNECTIONS,
                    (double) count,
                    Figure.HEARTBEATS,
                    perSecond,
                    Figure.SERVER_CORE,
                    period.serverCorePercent(),
                    Figure.GENERATOR_CORE,
                    period.generatorCorePercent(),
                    Figure.CONNECTION_RSS,
                    (after.residentBytes() - before.residentBytes()) / 1024.0 / count));
            if (after.liveBytes().isPresent()) {
                long growth = after.liveBytes().getAsLong() - before.liveBytes().orElse(0);
                values.put(Figure.CONNECTION_HEAP, growth / 1024.0 / count);
            }
            return new Figures(values, period.threadCorePercents());
        }
    }

    @Override
    public void message(Client client, ByteBuffer buffer, int payload, long nanos) {
        throw new LoadFailure("received a message although no client sends");
    }

    @Override
    public void other(Client client, String payload) {
        if (payload.startsWith("{\"type\":\"heartbeat\"")) {
            client.append(ClientFrames.HEARTBEAT);
            heartbeats++;
        }
    }
}
