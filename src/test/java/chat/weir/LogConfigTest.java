package chat.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class LogConfigTest {
    private static final String FORGED = "x\r\n2026-01-01 INFO forged\u0085\u2028\u009B2J\u202E";

    private final LoggerContext context = new LoggerContext();

    private String written(String message, Throwable failure) {
        return LogConfig.layout(context)
                .doLayout(new LoggingEvent("", context.getLogger("test"), Level.INFO, message, failure, null));
    }

    @Test
    void writesOneLinePerMessage() {
        String written = written(FORGED, null);
        assertEquals(1, written.lines().count());
        assertTrue(written.endsWith(" INFO  x??2026-01-01 INFO forged???2J?\n"), written);
    }

    @Test
    void keepsItsOwnQuotes() {
        assertTrue(written("reason=\"bye\"", null).endsWith(" INFO  reason=\"bye\"\n"));
    }

    @Test
    void cleansTheMessagesOfExceptionsAndCauses() {
        Exception failure = new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));
        failure.addSuppressed(new IllegalArgumentException(FORGED));
        String written = written("failed", failure);
        assertTrue(written.contains("IllegalStateException: x??2026"), written);
        assertTrue(written.contains("Caused by: java.lang.IllegalArgumentException: x??2026"), written);
        assertFalse(written.lines().anyMatch(line -> line.startsWith("2026-01-01 INFO")), written);
        assertFalse(written.contains("\u202E"), written);
    }
}
