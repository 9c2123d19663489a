package chat.weir.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThreadTimesTest {
    @Test
    void addsUserAndSystemTimeOfThreadsOfTheSameName() {
        ThreadTimes before = new ThreadTimes(Map.of("42", stat(100, 50)));
        ThreadTimes after = new ThreadTimes(Map.of("42", stat(125, 75), "43", stat(12, 13)));
        assertEquals(Map.of("C2 Compiler (1)", 0.75), after.since(before));
    }

    @Test
    @Timeout(20)
    void findsTheBusyThreadOfAProcess() throws Exception {
        long pid = ProcessHandle.current().pid();
        Thread busy = new Thread(ThreadTimesTest::spinUntilInterrupted, "busy thread");
        ThreadTimes before = ThreadTimes.read(pid);
        busy.start();
        try {
            while (ThreadTimes.read(pid).since(before).getOrDefault("busy thread", 0.0) == 0) {
                assertTrue(busy.isAlive());
            }
        } finally {
            busy.interrupt();
            busy.join();
        }
    }

    private static void spinUntilInterrupted() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private static ProcessStat stat(int user, int system) {
        return ProcessStat.parse(
                "42 (C2 Compiler (1)) S 1 2 3 0 -1 4194368 5 0 0 0 " + user + " " + system + " 0 0 20 0 30 0 99");
    }
}
