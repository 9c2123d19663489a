package chat.weir;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log: one line an event on standard output. It is written by a thread of its own and rather loses lines than holds
 * up the network when nobody reads the pipe behind it.
 *
 * <p>Set up in code and not by a file of XML: there is nothing in it for an operator to change but the level.
 */
final class Logging {
    private static final int QUEUE = 8_192;
    /** Whose news are of no use to an operator. */
    private static final List<String> LIBRARIES = List.of("org.java_websocket", "com.zaxxer.hikari", "org.flywaydb");

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %msg%n%ex";

    private Logging() {}

    static void start(String level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        AsyncAppender async = new AsyncAppender();
        async.setContext(context);
        async.setQueueSize(QUEUE);
        async.setNeverBlock(true);
        async.addAppender(console);
        async.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(async);
        root.setLevel(Level.toLevel(level.toUpperCase(Locale.ROOT)));
        for (String library : LIBRARIES) {
            context.getLogger(library).setLevel(Level.WARN);
        }
    }

    /** Writes out what waits. */
    static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
