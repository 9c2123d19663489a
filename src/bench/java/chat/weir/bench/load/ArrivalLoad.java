package chat.weir.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Scenario I: clients arrive in one channel within ten seconds. Measured is what the server spends, and what the clients
 * receive, from the first that connects until the last has been told how many are here in the end; handshakes and
 * heartbeats included. A server that has not told everybody in time is stopped, and its figures are of what it has done
 * by then. Before that, as a warm-up, rounds of 500 arrive in small channels and go.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class ArrivalLoad {
    private static final Duration SPREAD = Duration.ofSeconds(10);
    private static final int WARM_UP_CLIENTS = 500;
    private static final int WARM_UP_CHANNEL = 25;
    private static final Duration WARM_UP_SPREAD = Duration.ofMillis(500);
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(20);
    /** Within which a server has forgotten those who have gone. */
    private static final long QUIET_MILLIS = 2_000;

    private static final double MEGABYTE = 1e6;

    private final LoadOptions options;
    private final int port;

    ArrivalLoad(LoadOptions options) {
        this.options = options;
        this.port = options.target().port();
    }

    Figures run() throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; System.nanoTime() - begin < options.warmUp().toNanos(); i++) {
            warmUp(i);
        }
        int perChannel = options.target().alone() ? 1 : options.count();
        ArrivalRound round = new ArrivalRound("arrivals", options.count(), perChannel, SPREAD);
        try (ClientLoop loop = new ClientLoop(port, round)) {
            loop.turn(QUIET_MILLIS);
            Period period = Period.begin(options.target().pid());
            round.run(loop, options.duration());
            period.end();
            check(round);
            return figures(round, period, loop.receivedBytes());
        }
    }

    private void warmUp(int number) throws IOException {
        ArrivalRound round = new ArrivalRound("warm-up-" + number, WARM_UP_CLIENTS, WARM_UP_CHANNEL, WARM_UP_SPREAD);
        try (ClientLoop loop = new ClientLoop(port, round)) {
            round.run(loop, WARM_UP_LIMIT);
        }
        if (!round.isComplete()) {
            throw new LoadFailure("not everybody was told who is here in the warm-up, within "
                    + WARM_UP_LIMIT.toSeconds() + " s; " + round.arrived() + " of " + WARM_UP_CLIENTS
                    + " were authenticated, the first was told of " + round.toldToFirst());
        }
    }

    /** A reference server may be stopped on its way; Weir has to get there. */
    private void check(ArrivalRound round) {
        if (round.toldToFirst() == 0 || (options.target().login() && !round.isComplete())) {
            throw new LoadFailure("after " + options.duration().toSeconds() + " s " + round.arrived() + " of "
                    + options.count() + " have arrived, and the first was told of " + round.toldToFirst());
        }
    }

    private Figures figures(ArrivalRound round, Period period, long receivedBytes) {
        double told =
                round.isComplete() ? 100 : 100.0 * Math.min(round.toldToFirst(), options.count() - 1) / options.count();
        return new Figures(Map.of(
                Figure.ARRIVALS_TOLD, told,
                Figure.SECONDS, period.seconds(),
                Figure.LAST_ARRIVAL, round.secondsToLastArrival(),
                Figure.SERVER_CPU, period.serverCpuSeconds(),
                Figure.RECEIVED, receivedBytes / MEGABYTE,
                Figure.SERVER_CORE, period.serverCorePercent(),
                Figure.GENERATOR_CORE, period.generatorCorePercent()));
    }
}
