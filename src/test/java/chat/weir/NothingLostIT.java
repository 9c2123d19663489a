package chat.weir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.DatabaseUrl;
import chat.weir.testing.JarProcess;
import chat.weir.testing.MessageSender;
import chat.weir.testing.PostgresServer;
import chat.weir.testing.WholeHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills the jar, or takes its disk space, under load from five clients; acknowledged messages must not be lost. */
class NothingLostIT {
    private static final int ROUNDS = Integer.getInteger("weir.kill.rounds", 2);
    private static final int TALKERS = 5;

    @TempDir
    private Path directory;

    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "HOST", "127.0.0.1",
                "PORT", "0",
                "DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"),
                "MESSAGE_RATE", "0",
                "IDENTITY_GRACE", "0s",
                "HEARTBEAT_INTERVAL", "20ms"));
    }

    private static List<MessageSender> senders(JarProcess weir, String prefix) {
        List<MessageSender> senders = new ArrayList<>();
        for (int i = 0; i < TALKERS; i++) {
            senders.add(MessageSender.start(weir.port(), "/busy", prefix + i));
        }
        return senders;
    }

    private static int acknowledged(List<MessageSender> senders) {
        return senders.stream().mapToInt(sender -> sender.acknowledged().size()).sum();
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void keepsAcknowledgedMessagesWhenItIsKilled() {
        long seed = System.nanoTime();
        System.out.println("kill rounds=" + ROUNDS + " seed=" + seed);
        Random random = new Random(seed);
        List<MessageSender> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (JarProcess weir = JarProcess.start(directory, settings())) {
                List<MessageSender> senders = senders(weir, "round" + round + "_");
                int wanted = 200 + random.nextInt(20_000);
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged(senders) > wanted);
                weir.kill();
                senders.forEach(MessageSender::join);
                all.addAll(senders);
            }
            try (JarProcess weir = JarProcess.start(directory, settings())) {
                WholeHistory.read(weir.port(), "/busy").assertHolds(all);
            }
        }
    }

    /** A file size limit simulates a full disk: the same writes fail, and it can be lifted again. */
    @Test
    void refusesMessagesWhileTheDiskIsFull() {
        List<String> onASmallDisk = List.of("prlimit", "--fsize=" + (3 << 20) + ":unlimited");
        try (JarProcess weir = JarProcess.startBy(onASmallDisk, directory, settings())) {
            List<MessageSender> senders = senders(weir, "talker");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> senders.stream().allMatch(sender -> sender.refused() > 100));
            int before = acknowledged(senders);
            assertTrue(before > 0, "the disk was not full from the beginning");
            weir.limitFileSize("unlimited");
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged(senders) > before + 1_000);
            senders.forEach(MessageSender::finish);
            WholeHistory.read(weir.port(), "/busy").assertHolds(senders);
            weir.kill();
            try (JarProcess again = JarProcess.start(directory, settings())) {
                WholeHistory.read(again.port(), "/busy").assertHolds(senders);
            }
        }
    }

    @Test
    void refusesMessagesWhileTheDatabaseIsUnavailable() {
        try (PostgresServer postgres = PostgresServer.startIn(directory)) {
            DatabaseUrl database = postgres.newDatabase();
            Map<String, String> settings = settings();
            settings.put("DATABASE_URL", database.url());
            settings.put("DATABASE_USER", database.user());
            try (JarProcess weir = JarProcess.start(directory, settings)) {
                List<MessageSender> senders = senders(weir, "talker");
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged(senders) > 500);
                postgres.stop();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> senders.stream().allMatch(sender -> sender.refused() > 10));
                int before = acknowledged(senders);
                postgres.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged(senders) > before + 500);
                senders.forEach(MessageSender::finish);
                WholeHistory.read(weir.port(), "/busy").assertHolds(senders);
            }
        }
    }
}
