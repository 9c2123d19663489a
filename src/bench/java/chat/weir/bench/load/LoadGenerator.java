package chat.weir.bench.load;

import java.io.IOException;

/**
 * The main class of the load generator: runs one scenario against one server and prints its figures as one line. If the
 * run is invalid, it prints the reason to the standard error and exits with 1.
 */
public final class LoadGenerator {
    private LoadGenerator() {}

    public static void main(String[] args) throws IOException {
        try {
            System.out.println(run(LoadOptions.parse(args)).line());
        } catch (LoadFailure failure) {
            System.err.println(failure.getMessage() + (failure.getCause() == null ? "" : ": " + failure.getCause()));
            System.exit(1);
        }
    }

    private static Figures run(LoadOptions options) throws IOException {
        return switch (options.scenario()) {
            case A -> new BroadcastLoad(options, new Shape(1, 100, 10), new ClosedPace(8)).run();
            case B -> new BroadcastLoad(options, new Shape(1, 1000, 4), new ClosedPace(4)).run();
            case C -> new BroadcastLoad(options, new Shape(100, 10, 1), new ClosedPace(8)).run();
            case D -> new BroadcastLoad(options, new Shape(1, 500, 1), new ScheduledPace(100)).run();
            case G -> new BroadcastLoad(options, new Shape(1, 100, 10), new ClosedPace(80)).run();
            case H -> new BroadcastLoad(options, new Shape(1, 100, 10), new ScheduledPace(1_000)).run();
            case E -> new IdleLoad(options).run();
            case F -> new HandshakeLoad(options).run();
            case I250, I500, I1000, I10000 -> new ArrivalLoad(options).run();
        };
    }
}
