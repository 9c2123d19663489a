package chat.weir.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Scenario I: clients join one channel within ten seconds. Measures the server's CPU time and the bytes that the
 * clients receive, from the first connection until all clients know the final number of users, including handshakes and
 * heartbeats. A server that exceeds the time limit is stopped, and its figures cover what it has done so far. In the
 * warm-up, rounds of 500 clients join small channels and leave.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class ArrivalLoad {
    private static final Duration SPREAD = Duration.ofSeconds(10);
    private static final int WARM_UP_CLIENTS = 500;
    private static final int WARM_UP_CHANNEL = 25;
    private static final Duration WARM_UP_SPREAD = Duration.ofMillis(500);
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(20);
    /** The time in which a server processes the disconnects of a round. */
    private static final long QUIET_MILLIS = 2_000;

    private static final double MEGABYTE = 1e6;

    private final LoadOptions options;

    ArrivalLoad(LoadOptions options) {
        this.options = options;
    }

    Figures run() throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; System.nanoTime() - begin < options.warmUp().toNanos(); i++) {
            warmUp(i);
        }
        int perChannel = options.target().alone() ? 1 : options.count();
        ArrivalRound round = new ArrivalRound("arrivals", options.count(), perChannel, SPREAD);
        try (ClientLoop loop = new ClientLoop(options, round)) {
            loop.poll(QUIET_MILLIS);
            Period period = Period.begin(options, loop.poller());
            round.run(loop, options.duration());
            period.end();
            check(round);
            return figures(round, period, loop.receivedBytes());
        }
    }

    private void warmUp(int number) throws IOException {
        ArrivalRound round = new ArrivalRound("warm-up-" + number, WARM_UP_CLIENTS, WARM_UP_CHANNEL, WARM_UP_SPREAD);
        try (ClientLoop loop = new ClientLoop(options, round)) {
            round.run(loop, WARM_UP_LIMIT);
        }
        if (!round.isComplete()) {
            throw new LoadFailure("not all clients received the complete number of users in the warm-up, within "
                    + WARM_UP_LIMIT.toSeconds() + " s; " + round.arrived() + " of " + WARM_UP_CLIENTS
                    + " were authenticated, the first was told of " + round.lastCountOfFirst());
        }
    }

    /** A reference server may exceed the limit; Weir must complete the round. */
    private void check(ArrivalRound round) {
        if (round.lastCountOfFirst() == 0 || (options.target().login() && !round.isComplete())) {
            throw new LoadFailure("after " + options.duration().toSeconds() + " s " + round.arrived() + " of "
                    + options.count() + " have arrived, and the first was told of " + round.lastCountOfFirst());
        }
    }

    private Figures figures(ArrivalRound round, Period period, long receivedBytes) {
        double told = round.isComplete()
                ? 100
                : 100.0 * Math.min(round.lastCountOfFirst(), options.count() - 1) / options.count();
        Map<Figure, Double> values = Map.of(
                Figure.ARRIVALS_TOLD, told,
                Figure.SECONDS, period.seconds(),
                Figure.LAST_ARRIVAL, round.secondsToLastArrival(),
                Figure.SERVER_CPU, period.serverCpuSeconds(),
                Figure.RECEIVED, receivedBytes / MEGABYTE,
                Figure.SERVER_CORE, period.serverCorePercent(),
                Figure.GENERATOR_CORE, period.generatorCorePercent());
        return new Figures(values, period.threadCorePercents());
    }
}
