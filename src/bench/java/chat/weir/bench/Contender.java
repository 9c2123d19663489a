package chat.weir.bench;

import chat.weir.bench.load.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server that takes part in the benchmark: how it is started, and in which scenarios it can be. */
enum Contender {
    /** Keeps nothing. */
    WEIR,
    /** The same, where those who arrive find nobody: what they cost without company. */
    ALONE,
    /** The same, with its messages in SQLite. */
    STORED,
    PLAIN,
    NAIVE,
    GATHERED,
    /** Tells everybody everybody's name at each arrival. */
    LISTING,
    /** The same up to 200 names, and their count alone above. */
    CAPPED;

    static final Path JAR = Path.of("target", "weir.jar");

    private static final String LISTING_SERVER = "chat.weir.bench.reference.ListingServer";
    /** Enough for a server that holds nothing for its clients. */
    private static final String SMALL_HEAP = "-Xmx512m";

    private static final int CAPPED_PATIENCE = 10;
    private static final Map<String, String> WEIR_SETTINGS = Map.of(
            "HOST", "127.0.0.1",
            "MESSAGE_RATE", "0",
            "IDENTITY_GRACE", "0s",
            "HEARTBEAT_INTERVAL", "1s",
            "LOG_LEVEL", "warn");

    /** The name in settings and tables. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesPartIn(Scenario scenario) {
        return switch (this) {
            case WEIR -> true;
            case PLAIN -> !scenario.isArrival();
            case STORED, NAIVE, GATHERED -> scenario.isBroadcast();
            case ALONE, LISTING, CAPPED -> scenario.isArrival();
        };
    }

    /** How long arrivals may take it: what is quadratic gets there in the end, what is cubic does not. */
    Duration patience(Settings settings) {
        return this == CAPPED ? settings.bound().multipliedBy(CAPPED_PATIENCE) : settings.bound();
    }

    /** Whether its senders have to log in before they may speak. */
    boolean wantsLogin() {
        return this == WEIR || this == ALONE || this == STORED;
    }

    /** What follows the JVM's own options on its command line; its port comes last. */
    List<String> arguments(Scenario scenario) {
        return switch (this) {
            case WEIR, ALONE, STORED -> List.of("-jar", JAR.toString());
            case PLAIN -> List.of("-Dheartbeat=" + (scenario == Scenario.E), "chat.weir.bench.reference.PlainServer");
            case NAIVE -> List.of("chat.weir.bench.reference.NaiveFloor");
            case GATHERED -> List.of("chat.weir.bench.reference.GatheredFloor");
            case LISTING -> List.of(SMALL_HEAP, LISTING_SERVER);
            case CAPPED -> List.of(SMALL_HEAP, "-Dlisted=200", LISTING_SERVER);
        };
    }

    Map<String, String> environment() {
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
