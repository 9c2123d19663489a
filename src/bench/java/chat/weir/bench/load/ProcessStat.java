package chat.weir.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The name and the CPU time of a process or a thread, as in {@code /proc/PID/stat} and {@code /proc/PID/task/TID/stat}.
 *
 * @param name its first 15 bytes
 */
record ProcessStat(String name, double cpuSeconds) {
    /** The kernel's unit of CPU times in {@code /proc}, on every architecture. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    static ProcessStat ofProcess(long pid) throws IOException {
        return read(directory(pid));
    }

    static Path directory(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    static ProcessStat read(Path directory) throws IOException {
        return parse(Files.readString(directory.resolve("stat")));
    }

    /** The fields follow the name, which is in parentheses, and may itself contain spaces and parentheses. */
    static ProcessStat parse(String stat) {
        int end = stat.lastIndexOf(')');
        String[] fields = stat.substring(end + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        return new ProcessStat(stat.substring(stat.indexOf('(') + 1, end), ticks / TICKS_PER_SECOND);
    }
}
