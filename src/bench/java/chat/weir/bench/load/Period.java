package chat.weir.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A period of time, with the CPU time of the server and the generator from {@code /proc/PID/stat}.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class Period {
    /** The kernel's unit of CPU times in {@code /proc}, on every architecture. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final long server;
    private final Poller poller;
    private final long generator = ProcessHandle.current().pid();
    private final long begin = System.nanoTime();
    private final long serverTicks;
    private final long generatorTicks;
    private final double idleBefore;
    private double seconds;
    private double serverCpuSeconds;
    private double generatorCpuSeconds;

    private Period(LoadOptions options, Poller poller) throws IOException {
        this.server = options.target().pid();
        this.poller = poller;
        this.idleBefore = poller.idleSeconds();
        this.serverTicks = ticks(server);
        this.generatorTicks = ticks(generator);
    }

    static Period begin(LoadOptions options, Poller poller) throws IOException {
        return new Period(options, poller);
    }

    void end() throws IOException {
        seconds = (System.nanoTime() - begin) / 1e9;
        serverCpuSeconds = (ticks(server) - serverTicks) / TICKS_PER_SECOND;
        double generatorSeconds = (ticks(generator) - generatorTicks) / TICKS_PER_SECOND;
        generatorCpuSeconds = generatorSeconds - (poller.idleSeconds() - idleBefore);
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

    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The fields follow the program's name, which may itself contain spaces and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    }
}
