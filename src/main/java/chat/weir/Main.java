package chat.weir;

import chat.weir.net.CidrRange;
import chat.weir.settings.InvalidSettingsException;
import chat.weir.settings.RetiredSettings;
import chat.weir.settings.Settings;
import chat.weir.settings.SettingsReader;
import chat.weir.settings.SettingsSource;
import chat.weir.supervision.Watchdog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line entry point: {@code java -jar weir.jar [PORT]}. */
public final class Main {
    /** The time for an orderly shutdown after a fatal failure. */
    private static final Duration GIVE_UP_TIMEOUT = Duration.ofSeconds(10);

    private Main() {}

    /** Runs until the process is terminated. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            CommandLine.print(System.out);
        } else if (words.contains("--version")) {
            System.out.println("weir " + CommandLine.version());
        } else if (words.contains("--training-run")) {
            train(System.err);
        } else {
            serve(words, System.err, Clocks.real(), Watchdog.Timing.DEFAULT);
        }
    }

    /** Starts a server, or ends the process with a one-line error message. */
    static void serve(List<String> arguments, PrintStream errors, Clocks clocks, Watchdog.Timing timing) {
        Settings settings;
        try {
            settings = SettingsReader.read(
                    SettingsSource.of(arguments, System.getenv(), Path.of("")),
                    text -> CidrRange.parse(text).isPresent());
        } catch (InvalidSettingsException e) {
            errors.println(e.getMessage());
            System.exit(ExitCode.BAD_SETTINGS);
            return;
        }
        LogConfig.start(settings.logLevel());
        RetiredSettings.in(System.getenv()).forEach(line -> log().warn("{}", line));
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> giveUpAfter(thread, e, errors));
        try {
            WeirServer weirServer =
                    new WeirServer(settings, clocks, Runtime.getRuntime().availableProcessors(), Main::giveUp, timing);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(weirServer), "weir-stop"));
            weirServer.start();
            weirServer.watch();
            logAddress(settings, weirServer);
        } catch (StartupException e) {
            errors.println(oneLine(String.valueOf(e.getMessage())));
            System.exit(ExitCode.FAILURE);
        } catch (RuntimeException | Error e) {
            log().debug("cannot start", e);
            errors.println(oneLine("cannot start because of an internal error (LOG_LEVEL=debug has details): " + e));
            System.exit(ExitCode.FAILURE);
        }
    }

    private static void train(PrintStream errors) {
        try {
            TrainingRun.run();
        } catch (StartupException | IOException e) {
            errors.println(oneLine("the training run has failed: " + e.getMessage()));
            System.exit(ExitCode.FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(0);
    }

    private static void logAddress(Settings settings, WeirServer weirServer) {
        log().info(
                        "listening host={} port={} database={} version={}",
                        settings.host(),
                        weirServer.port(),
                        settings.storage(),
                        CommandLine.version());
        log().info(
                        "try: http://localhost:{}{}/#fishing or npx wscat -c \"ws://localhost:{}{}/fishing?heartbeat=pong\"",
                        weirServer.port(),
                        settings.basePath(),
                        weirServer.port(),
                        settings.basePath());
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }

    /**
     * Handles the end of a thread that serves all clients, or of a library's thread. The process ends, so that a
     * supervisor restarts it, because it would be useless without the thread.
     */
    private static void giveUpAfter(Thread thread, Throwable failure, PrintStream errors) {
        try {
            errors.println(oneLine("giving up: the thread " + thread.getName() + " has ended: " + failure));
            log().error("giving up: the thread {} has ended", thread.getName(), failure);
        } finally {
            giveUp(ExitCode.FAILURE);
        }
    }

    /** Ends the process, with an orderly shutdown if memory and time allow it. */
    private static void giveUp(int exitCode) {
        try {
            new Thread(() -> System.exit(exitCode), "weir-give-up").start();
            Thread halt = new Thread(() -> haltLater(exitCode), "weir-halt");
            halt.setDaemon(true);
            halt.start();
        } catch (Throwable e) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Ends the process even if the orderly shutdown hangs. */
    private static void haltLater(int exitCode) {
        try {
            TimeUnit.MILLISECONDS.sleep(GIVE_UP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private static void stop(WeirServer weirServer) {
        try {
            log().info("stopping connections={}", weirServer.connectionCount());
            weirServer.stop();
            log().info("stopped");
        } catch (IOException e) {
            log().error("stopping failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LogConfig.stop();
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Main.class);
    }
}
