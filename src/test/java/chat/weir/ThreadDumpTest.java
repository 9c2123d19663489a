package chat.weir;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class ThreadDumpTest {
    private final LoggerContext context = new LoggerContext();

    private static ThreadDump deep(int frames) {
        return frames == 0 ? ThreadDump.now() : deep(frames - 1);
    }

    @Test
    void isLoggedWithOneFramePerLine() {
        String written = LogConfig.layout(context)
                .doLayout(new LoggingEvent("", context.getLogger("test"), Level.ERROR, "stuck", deep(20), null));
        String name = Thread.currentThread().getName();
        assertTrue(written.contains("\"" + name + "\" RUNNABLE" + System.lineSeparator()), written);
        assertTrue(
                written.lines()
                                .filter(line -> line.contains("ThreadDumpTest.deep("))
                                .count()
                        > 20,
                "the JDK's own text of a thread has eight frames");
    }
}
