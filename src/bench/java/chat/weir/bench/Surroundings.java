package chat.weir.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The facts that the figures depend on besides the code, by name, in the order of the report. */
record Surroundings(Map<String, String> facts) {

    static Surroundings of(Settings settings, Pinning pinning) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("machine", Host.description());
        facts.put("cores", pinning.description());
        facts.put("JDK of the servers", Host.javaVersion(settings.java()));
        facts.put("JDK of the load generator", Host.javaVersion(Settings.ownJava()));
        facts.put("load generator between events", settings.spin() ? "spins" : "sleeps");
        facts.put("options of the servers' JVM", String.join(" ", settings.serverOptions()));
        facts.put("runs", settings.runs() + ", of each the median");
        facts.put("warm-up and measured period", seconds(settings.warmUp()) + " and " + seconds(settings.duration()));
        facts.put("connections (E)", Integer.toString(settings.connections()));
        facts.put("handshakes (F)", Integer.toString(settings.handshakes()));
        facts.put("time to tell of all arrivals (I)", seconds(settings.bound()) + ", capped ten times that");
        settings.servers().stream()
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .forEach(reference ->
                        facts.put("reference", reference.commandLine() + " (" + reference.dialect() + ")"));
        return new Surroundings(Collections.unmodifiableMap(facts));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
