package chat.weir.bench.load;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A period of time, with the CPU time of the server and the generator from {@code /proc/PID/stat} and, on request, of
 * each thread of the server.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Period {
    private final LoadOptions options;
    private final Poller poller;
    private final long generator = ProcessHandle.current().pid();
    private final long begin = System.nanoTime();
    private final ThreadTimes threadsBefore;
    private final double serverBefore;
    private final double generatorBefore;
    private final double idleBefore;
    private double seconds;
    private double serverCpuSeconds;
    private double generatorCpuSeconds;
    private Map<String, Double> threadCpuSeconds = Map.of();

    private Period(LoadOptions options, Poller poller) throws IOException {
        this.options = options;
        this.poller = poller;
        this.idleBefore = poller.idleSeconds();
        this.threadsBefore = threads();
        this.serverBefore = cpuSeconds(options.target().pid());
        this.generatorBefore = cpuSeconds(generator);
    }

    static Period begin(LoadOptions options, Poller poller) throws IOException {
        return new Period(options, poller);
    }

    void end() throws IOException {
        seconds = (System.nanoTime() - begin) / 1e9;
        serverCpuSeconds = cpuSeconds(options.target().pid()) - serverBefore;
        generatorCpuSeconds = cpuSeconds(generator) - generatorBefore - (poller.idleSeconds() - idleBefore);
        threadCpuSeconds = threads().since(threadsBefore);
    }

    private ThreadTimes threads() throws IOException {
        return options.threads() ? ThreadTimes.read(options.target().pid()) : ThreadTimes.NONE;
    }

    private static double cpuSeconds(long pid) throws IOException {
        return ProcessStat.ofProcess(pid).cpuSeconds();
    }

    double seconds() {
        return seconds;
    }

    double serverCpuSeconds() {
        return serverCpuSeconds;
    }

    double serverCorePercent() {
        return 100 * serverCpuSeconds / seconds;
    }

    /** Without the time in which it only spun. */
    double generatorCorePercent() {
        return 100 * generatorCpuSeconds / seconds;
    }

    /** The share of a core that each thread of the server has used, by name; empty unless requested. */
    Map<String, Double> threadCorePercents() {
        Map<String, Double> percents = new TreeMap<>();
        threadCpuSeconds.forEach((name, cpuSeconds) -> percents.put(name, 100 * cpuSeconds / seconds));
        return percents;
    }
}
