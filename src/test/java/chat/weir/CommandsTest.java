package chat.weir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.channel.ChannelConfig;
import chat.weir.channel.ChannelRegistry;
import chat.weir.channel.broadcast.Broadcaster;
import chat.weir.channel.presence.ChannelTicker;
import chat.weir.command.CommandTable;
import chat.weir.command.CommandTypes;
import chat.weir.connection.MissedMessages;
import chat.weir.metrics.Metrics;
import chat.weir.net.CidrRange;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.JsonCodec;
import chat.weir.settings.Settings;
import chat.weir.settings.SettingsReader;
import chat.weir.settings.SettingsSource;
import chat.weir.testing.FakeTime;
import chat.weir.worker.MemoryBudget;
import chat.weir.worker.WorkerPools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    private Path directory;

    private final Clocks clocks = new FakeTime().clocks();
    private final Metrics metrics = new Metrics();

    @Test
    void everyEnvelopeOfAClientHasACommand() {
        Settings settings = SettingsReader.read(
                SettingsSource.of(List.of(), Map.of("DATABASE_URL", "none"), directory),
                text -> CidrRange.parse(text).isPresent());
        try (Broadcaster broadcaster = new Broadcaster(1);
                WorkerPools workerPools = new WorkerPools();
                Storage storage = Storage.open(settings, clocks, broadcaster, metrics)) {
            ChannelRegistry channels = channels(broadcaster, storage);
            CommandTable table = Commands.table(
                    ServerConfig.ofConnections(settings, clocks),
                    storage,
                    channels,
                    Enforcement.of(storage, channels, clocks),
                    new MissedMessages(storage.log(), workerPools, new JsonCodec(), 1 << 20));
            assertEquals(Set.of(ClientEnvelope.class.getPermittedSubclasses()), CommandTypes.of(table));
        }
    }

    private ChannelRegistry channels(Broadcaster broadcaster, Storage storage) {
        return new ChannelRegistry(
                new ChannelConfig(
                        new JsonCodec(),
                        broadcaster,
                        storage.log(),
                        1 << 20,
                        new Semaphore(100),
                        100,
                        100,
                        new MemoryBudget(1 << 20),
                        new ChannelTicker(),
                        new AtomicBoolean(),
                        metrics,
                        clocks.clock(),
                        clocks.nanoTime()),
                storage.log()::forget);
    }
}
