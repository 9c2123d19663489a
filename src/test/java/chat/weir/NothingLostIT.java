package chat.weir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.database.DatabaseUrl;
import chat.weir.testing.JarProcess;
import chat.weir.testing.MessageSender;
import chat.weir.testing.PostgresServer;
import chat.weir.testing.ResendingClient;
import chat.weir.testing.ShownMessages;
import chat.weir.testing.TestApi;
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

/**
 * Kills the jar, or takes its disk space, under load from five clients; nothing acknowledged may be lost.
 *
 * <p>{@code -Dkill.rounds=…} sets how often the jar is killed.
 */
class NothingLostIT {
    private static final int ROUNDS = Integer.getInteger("weir.kill.rounds", 2);
    private static final int TALKERS = 5;
    private static final String PASSWORD = "correct horse";

    /** So many clients lose their network before a kill, and the others get so many more replies. */
    private static final int CUT_OFF = 2;

    private static final int MORE_REQUESTS = 20;

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

    private static List<MessageSender> senders(JarProcess weir, String path) {
        List<MessageSender> senders = new ArrayList<>();
        for (int i = 0; i < TALKERS; i++) {
            senders.add(MessageSender.start(weir.port(), path, "talker" + i));
        }
        return senders;
    }

    private static int acknowledged(List<MessageSender> senders) {
        return senders.stream().mapToInt(sender -> sender.acknowledged().size()).sum();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void keepsAcknowledgedMessagesWhenItIsKilled() {
        long seed = System.nanoTime();
        System.out.println("kill rounds=" + ROUNDS + " seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String path = "/busy" + round;
            List<MessageSender> senders;
            try (JarProcess weir = JarProcess.start(directory, settings())) {
                senders = senders(weir, path);
                int wanted = 200 + random.nextInt(20_000);
                await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged(senders) > wanted);
                weir.kill();
                senders.forEach(MessageSender::join);
            }
            try (JarProcess weir = JarProcess.start(directory, settings())) {
                WholeHistory.read(weir.port(), path).assertHolds(senders);
            }
        }
    }

    /**
     * The clients also edit, delete and react. They come back with {@code since}, and send again what was not
     * acknowledged. Each round has a channel of its own; at the end all channels must be as they were.
     */
    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void keepsChangesInOrderAndDoublesNoMessageWhenItIsKilled() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ShownMessages> channels = new ArrayList<>();
        List<Integer> doubled = new ArrayList<>();
        JarProcess weir = JarProcess.start(directory, settings());
        try {
            List<String> tokens = register(weir);
            for (int round = 0; round < ROUNDS; round++) {
                List<ResendingClient> clients = clients(tokens, "/busy" + round, random);
                talk(weir, clients, 50 + random.nextInt(2_000));
                weir = JarProcess.start(directory, settings());
                channels.add(resend(weir, clients, "/busy" + round));
                doubled.add(clients.stream()
                        .mapToInt(ResendingClient::doubled)
                        .max()
                        .orElse(0));
            }
            for (int round = 0; round < ROUNDS; round++) {
                ShownMessages.ofHistory(weir.port(), "/busy" + round).assertEqualTo(channels.get(round), "at the end");
            }
        } finally {
            weir.close();
        }
        int messages = channels.stream().mapToInt(ShownMessages::size).sum();
        System.out.println("kill rounds=" + ROUNDS + " seed=" + seed + " messages=" + messages + " doubled=" + doubled);
        assertEquals(0, doubled.stream().mapToInt(Integer::intValue).sum(), "messages that were sent twice");
    }

    private static List<String> register(JarProcess weir) {
        TestApi api = new TestApi(weir.port());
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < TALKERS; i++) {
            assertEquals(201, api.register("talker" + i, PASSWORD).status());
            tokens.add(api.logIn("talker" + i, PASSWORD));
        }
        return tokens;
    }

    private static List<ResendingClient> clients(List<String> tokens, String path, Random random) {
        List<ResendingClient> clients = new ArrayList<>();
        for (String token : tokens) {
            clients.add(new ResendingClient(path, "talker" + clients.size(), token, random.nextLong()));
        }
        return clients;
    }

    /**
     * Kills the jar when so many requests are acknowledged. Two of the clients have lost their network just before: their
     * last requests are stored, but they do not know it.
     */
    private static void talk(JarProcess weir, List<ResendingClient> clients, int wanted) {
        clients.forEach(client -> client.connect(weir.port()));
        clients.forEach(ResendingClient::talk);
        awaitAcknowledged(clients, wanted);
        clients.subList(0, CUT_OFF).forEach(ResendingClient::cutOff);
        awaitAcknowledged(clients, wanted + MORE_REQUESTS);
        weir.kill();
        clients.forEach(ResendingClient::join);
    }

    private static void awaitAcknowledged(List<ResendingClient> clients, int wanted) {
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() ->
                        clients.stream().mapToInt(ResendingClient::acknowledged).sum() > wanted);
    }

    /** All clients come back and finish. @return what is stored */
    private static ShownMessages resend(JarProcess weir, List<ResendingClient> clients, String path) {
        clients.forEach(client -> client.connect(weir.port()));
        clients.forEach(ResendingClient::resend);
        clients.forEach(ResendingClient::disconnect);
        ShownMessages stored = ShownMessages.ofHistory(weir.port(), path);
        clients.forEach(client -> client.assertMatches(stored));
        return stored;
    }

    /** A file size limit simulates a full disk: the same writes fail, and it can be lifted again. */
    @Test
    void refusesMessagesWhileTheDiskIsFull() {
        List<String> onASmallDisk = List.of("prlimit", "--fsize=" + (3 << 20) + ":unlimited");
        try (JarProcess weir = JarProcess.startBy(onASmallDisk, directory, settings())) {
            List<MessageSender> senders = senders(weir, "/busy");
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
                List<MessageSender> senders = senders(weir, "/busy");
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
