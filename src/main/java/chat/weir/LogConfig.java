package chat.weir;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import chat.weir.protocol.LogText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures logging: one line per event on standard output. A background thread writes the lines, and drops them if
 * the output blocks, so that logging cannot delay the network threads.
 *
 * <p>Configured in code instead of an XML file, because only the level is configurable.
 */
final class LogConfig {
    private static final int QUEUE_SIZE = 8_192;
    /** Libraries that log at info level nothing that operators need. */
    private static final List<String> LIBRARIES =
            List.of("org.java_websocket", "org.eclipse.jetty", "com.zaxxer.hikari", "org.flywaydb");

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %line%n%trace";

    private LogConfig() {}

    static void start(String level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout(context));
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        AsyncAppender async = new AsyncAppender();
        async.setContext(context);
        async.setQueueSize(QUEUE_SIZE);
        async.setNeverBlock(true);
        async.addAppender(console);
        async.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(async);
        root.setLevel(Level.toLevel(level.toUpperCase(Locale.ROOT)));
        // It logs a stack trace for each failed attempt to unpack its library; the server reports this in one
        // line.
        context.getLogger("org.sqlite.SQLiteJDBCLoader").setLevel(Level.OFF);
        for (String library : LIBRARIES) {
            context.getLogger(library).setLevel(Level.WARN);
        }
    }

    /** A layout in which the text of clients cannot forge a line. */
    static PatternLayout layout(LoggerContext context) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("line", CleanMessage::new);
        layout.getInstanceConverterMap().put("trace", CleanStackTrace::new);
        layout.setPattern(PATTERN);
        layout.start();
        return layout;
    }

    /** The message of an event, sanitised by {@link LogText}. */
    private static final class CleanMessage extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return LogText.line(event.getFormattedMessage());
        }
    }

    /** A stack trace, with messages sanitised by {@link LogText}. */
    private static final class CleanStackTrace extends ThrowableProxyConverter {
        @Override
        protected String throwableProxyToString(IThrowableProxy failure) {
            return super.throwableProxyToString(new CleanFailure(failure));
        }
    }

    /** An exception whose message may contain text of clients. */
    private record CleanFailure(IThrowableProxy original) implements IThrowableProxy {
        private static @Nullable String line(@Nullable String text) {
            return text == null ? null : LogText.line(text);
        }

        private static @Nullable IThrowableProxy clean(@Nullable IThrowableProxy failure) {
            return failure == null ? null : new CleanFailure(failure);
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return line(original.getOverridingMessage());
        }

        @Override
        public @Nullable String getMessage() {
            return line(original.getMessage());
        }

        @Override
        public String getClassName() {
            return original.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return original.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return original.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return clean(original.getCause());
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Stream.of(original.getSuppressed()).map(CleanFailure::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return original.isCyclic();
        }
    }

    /** Writes the queued events. */
    static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
