package chat.weir.bench;

import chat.weir.bench.load.Dialect;
import chat.weir.bench.load.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Weir and the reference servers of this project, which run on the JVM of the settings. */
enum JvmContender implements Contender {
    /** Weir without a database. */
    WEIR,
    /** The same, with each client in its own channel: the cost of arrivals without presence. */
    ALONE,
    /** Weir with SQLite. */
    STORED,
    PLAIN,
    NAIVE,
    GATHERED,
    /** Sends the list of all names to all members at each arrival. */
    LISTING,
    /** The same up to 200 names, and only their count above. */
    CAPPED;

    static final Path JAR = Path.of("target", "weir.jar");

    private static final String LISTING_SERVER = "chat.weir.bench.reference.ListingServer";
    /** Sufficient for a server that queues nothing. */
    private static final String SMALL_HEAP = "-Xmx512m";

    private static final int CAPPED_TIME_FACTOR = 10;
    private static final Map<String, String> WEIR_SETTINGS = Map.of(
            "HOST", "127.0.0.1",
            "MESSAGE_RATE", "0",
            "IDENTITY_GRACE", "0s",
            "HEARTBEAT_INTERVAL", "1s",
            "LOG_LEVEL", "warn");

    @Override
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean takesPartIn(Scenario scenario) {
        return switch (this) {
            case WEIR -> true;
            case PLAIN -> !scenario.isArrival();
            case STORED, NAIVE, GATHERED -> scenario.isBroadcast();
            case ALONE, LISTING, CAPPED -> scenario.isArrival();
        };
    }

    /** Quadratic cost completes within the limit, cubic cost does not. */
    @Override
    public Duration timeLimit(Settings settings) {
        return this == CAPPED ? settings.bound().multipliedBy(CAPPED_TIME_FACTOR) : settings.bound();
    }

    @Override
    public Dialect dialect() {
        return Dialect.CHAT;
    }

    @Override
    public boolean requiresLogin() {
        return this == WEIR || this == ALONE || this == STORED;
    }

    @Override
    public boolean separatesArrivals() {
        return this == ALONE;
    }

    @Override
    public List<String> command(Scenario scenario, Settings settings, int port) {
        List<String> command = new ArrayList<>(List.of(settings.java().toString()));
        command.addAll(settings.serverOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(arguments(scenario));
        command.add(Integer.toString(port));
        return command;
    }

    /** The command line after the JVM's options and before the port. */
    private List<String> arguments(Scenario scenario) {
        return switch (this) {
            case WEIR, ALONE, STORED -> List.of("-jar", JAR.toString());
            case PLAIN -> List.of("-Dheartbeat=" + (scenario == Scenario.E), "chat.weir.bench.reference.PlainServer");
            case NAIVE -> List.of("chat.weir.bench.reference.NaiveFloor");
            case GATHERED -> List.of("chat.weir.bench.reference.GatheredFloor");
            case LISTING -> List.of(SMALL_HEAP, LISTING_SERVER);
            case CAPPED -> List.of(SMALL_HEAP, "-Dlisted=200", LISTING_SERVER);
        };
    }

    @Override
    public Map<String, String> environment() {
        return switch (this) {
            case WEIR, ALONE -> settings("none");
            case STORED -> settings("jdbc:sqlite:target/bench/db/" + System.nanoTime() + ".db");
            case PLAIN, NAIVE, GATHERED, LISTING, CAPPED -> Map.of();
        };
    }

    private static Map<String, String> settings(String database) {
        Map<String, String> settings = new HashMap<>(WEIR_SETTINGS);
        settings.put("DATABASE_URL", database);
        return settings;
    }
}
