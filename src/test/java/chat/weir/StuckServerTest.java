package chat.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.JarProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StuckServerTest {
    @TempDir
    private Path directory;

    @Test
    void exitsWhenAPartStaysStuck() {
        try (JarProcess server =
                JarProcess.startMain("chat.weir.StuckServer", directory, Map.of("HOST", "127.0.0.1", "PORT", "0"))) {
            assertEquals(ExitCode.STUCK, server.exitStatus());
            List<String> output = server.output().lines().toList();
            assertEquals(1, count(output, " ERROR stuck part=heartbeats"), server.output());
            assertEquals(1, count(output, " ERROR giving up: stuck for 1 s parts=[heartbeats]"), server.output());
            assertEquals(1, count(output, "chat.weir.supervision.ThreadDump: all threads"), server.output());
            assertTrue(server.output().contains("/chat.weir.StuckServer.stick("), server.output());
        }
    }

    private static long count(List<String> lines, String end) {
        return lines.stream().filter(line -> line.endsWith(end)).count();
    }
}
