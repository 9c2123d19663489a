package chat.weir.bench.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CPU times of all threads of a process at one moment, by thread id.
 *
 * <p>Threading: immutable.
 */
record ThreadTimes(Map<String, ProcessStat> byId) {
    static final ThreadTimes NONE = new ThreadTimes(Map.of());

    ThreadTimes {
        byId = Map.copyOf(byId);
    }

    static ThreadTimes read(long pid) throws IOException {
        Map<String, ProcessStat> byId = new HashMap<>();
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(ProcessStat.directory(pid).resolve("task"))) {
            for (Path thread : threads) {
                try {
                    byId.put(String.valueOf(thread.getFileName()), ProcessStat.read(thread));
                } catch (NoSuchFileException ended) {
                    // The thread has ended since the directory was read.
                }
            }
        }
        return new ThreadTimes(byId);
    }

    /** The CPU seconds since an earlier moment, by name. Threads of the same name count together. */
    Map<String, Double> since(ThreadTimes earlier) {
        Map<String, Double> seconds = new TreeMap<>();
        byId.forEach((id, now) -> {
            ProcessStat before = earlier.byId.get(id);
            seconds.merge(now.name(), now.cpuSeconds() - (before == null ? 0 : before.cpuSeconds()), Double::sum);
        });
        return seconds;
    }
}
