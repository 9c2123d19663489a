package chat.weir.supervision;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThreadDumpTest {
    private static ThreadDump deep(int frames) {
        return frames == 0 ? ThreadDump.now() : deep(frames - 1);
    }

    @Test
    void hasEveryFrameOfEachThread() {
        String expected = "\"" + Thread.currentThread().getName() + "\" RUNNABLE";
        Throwable current = Arrays.stream(deep(20).getSuppressed())
                .filter(thread -> expected.equals(thread.getMessage()))
                .findFirst()
                .orElseThrow();
        long frames = Arrays.stream(current.getStackTrace())
                .filter(frame -> frame.getMethodName().equals("deep"))
                .count();
        assertTrue(frames > 20, "the JDK's own text of a thread has eight frames");
    }
}
