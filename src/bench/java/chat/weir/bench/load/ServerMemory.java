package chat.weir.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's memory: its resident memory and, of a JVM, the bytes of all live objects, both after a garbage
 * collection. The latter come from {@code GC.class_histogram}, which does not depend on the collector.
 *
 * @param liveBytes empty if the server is not a JVM
 */
record ServerMemory(long residentBytes, OptionalLong liveBytes) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    static ServerMemory read(Target server) throws IOException {
        if (!isJvm(server)) {
            return new ServerMemory(residentBytes(server), OptionalLong.empty());
        }
        jcmd(server, "GC.run");
        long resident = residentBytes(server);
        return new ServerMemory(resident, OptionalLong.of(find(TOTAL, jcmd(server, "GC.class_histogram"))));
    }

    /** {@code jcmd} sends a signal, which ends a program that is not a JVM. */
    private static boolean isJvm(Target server) throws IOException {
        return Files.readSymbolicLink(process(server).resolve("exe")).endsWith("java");
    }

    private static long residentBytes(Target server) throws IOException {
        return 1024 * find(RESIDENT, Files.readString(process(server).resolve("status")));
    }

    private static Path process(Target server) {
        return Path.of("/proc", Long.toString(server.pid()));
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
