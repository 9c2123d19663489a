package chat.weir.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.bench.load.Dialect;
import chat.weir.bench.load.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final String COMMAND_LINE = "/opt/floor --port={port}";

    @Test
    void isAddedToTheListedServers() {
        Settings settings = Settings.of(Map.of("SERVERS", "weir,gathered", "REFERENCE", COMMAND_LINE));
        assertEquals(
                List.of("weir", "gathered", "reference"),
                settings.servers().stream().map(Contender::title).toList());
        assertEquals(Dialect.RAW, settings.servers().get(2).dialect());
    }

    @Test
    void isMissingWithoutCommandLine() {
        Settings settings = Settings.of(Map.of("SERVERS", "weir", "REFERENCE", " "));
        assertEquals(List.of(JvmContender.WEIR), settings.servers());
    }

    @Test
    void receivesThePortInAProcessOfItsOwn() {
        Settings settings = Settings.of(Map.of("REFERENCE", COMMAND_LINE));
        assertEquals(
                List.of("sh", "-c", "exec /opt/floor --port=6000"),
                new Reference(COMMAND_LINE, Dialect.RAW).command(Scenario.A, settings, 6000));
    }

    @Test
    void needsAPort() {
        Map<String, String> environment = Map.of("REFERENCE", "/opt/floor");
        assertThrows(IllegalArgumentException.class, () -> Settings.of(environment));
    }

    @Test
    void takesPartInIdleConnectionsOnlyWithHeartbeats() {
        Settings settings = Settings.of(Map.of("REFERENCE", COMMAND_LINE, "REFERENCE_DIALECT", "chat"));
        Contender chat = settings.servers().get(settings.servers().size() - 1);
        assertTrue(chat.takesPartIn(Scenario.E));
        assertTrue(chat.requiresLogin());
        Contender raw = new Reference(COMMAND_LINE, Dialect.RAW);
        assertFalse(raw.takesPartIn(Scenario.E));
        assertFalse(raw.requiresLogin());
        assertTrue(raw.takesPartIn(Scenario.D));
        assertTrue(raw.takesPartIn(Scenario.F));
    }
}
