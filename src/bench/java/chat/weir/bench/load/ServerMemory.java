package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's memory after a garbage collection: its resident memory, and the bytes of all live objects. The latter
 * come from {@code GC.class_histogram}, which does not depend on the collector.
 */
record ServerMemory(long residentBytes, long liveBytes) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    static ServerMemory read(Target server) throws IOException {
        jcmd(server, "GC.run");
        String status = Files.readString(Path.of("/proc", Long.toString(server.pid()), "status"));
        return new ServerMemory(1024 * find(RESIDENT, status), find(TOTAL, jcmd(server, "GC.class_histogram")));
    }

    private static String jcmd(Target server, String command) throws IOException {
        Process process = new ProcessBuilder(server.jcmd().toString(), Long.toString(server.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static long find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new LoadFailure("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
