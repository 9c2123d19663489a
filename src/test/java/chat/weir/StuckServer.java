package chat.weir;

import chat.weir.supervision.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A server for a separate process whose scheduler is stuck from the start. */
final class StuckServer {
    /** Short, so that the process ends in a few seconds. */
    private static final Watchdog.Timing TIMING = new Watchdog.Timing(Duration.ofMillis(500), Duration.ofSeconds(1));

    private StuckServer() {}

    public static void main(String[] arguments) {
        Clocks clocks = Clocks.real();
        Main.serve(List.of(arguments), System.err, clocks, TIMING);
        clocks.scheduler().execute(StuckServer::stick);
    }

    private static void stick() {
        new Semaphore(0).acquireUninterruptibly();
    }
}
