package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Section 7 of the protocol as a table: which role may take which action against which role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModerationTableTest {
    private static final String PASSWORD = "correct horse";
    private static final List<String> MEASURES = List.of("kick", "mute", "unmute", "ban", "unban", "role", "delete");

    private final TestServer server =
            TestServer.with("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", PASSWORD, "MESSAGE_RATE", "0");
    private final TestApi api = new TestApi(server.port());
    private final Map<Rank, TestClient> actors = new EnumMap<>(Rank.class);
    private final Map<Rank, TestClient> targets = new EnumMap<>(Rank.class);
    private TestClient admin;
    private int number;

    /** The role of a user in the channel. */
    private enum Rank {
        GUEST(0),
        MEMBER(0),
        MODERATOR(1),
        ADMIN(2);

        private final int height;

        Rank(int height) {
            this.height = height;
        }
    }

    @BeforeAll
    void connectUsers() {
        admin = logIn("root");
        actors.put(Rank.GUEST, server.connectAs("guest1", "/lobby"));
        targets.put(Rank.GUEST, server.connectAs("guest2", "/lobby"));
        for (Rank rank : List.of(Rank.MEMBER, Rank.MODERATOR)) {
            actors.put(rank, registered(name(rank) + "1"));
            targets.put(rank, registered(name(rank) + "2"));
        }
        actors.put(Rank.ADMIN, admin);
        // There is only one admin account, so as a target it uses another connection.
        targets.put(Rank.ADMIN, logIn("root"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String name(Rank rank) {
        return rank.name().toLowerCase(java.util.Locale.ROOT);
    }

    private TestClient registered(String name) {
        api.register(name, PASSWORD);
        return logIn(name);
    }

    private TestClient logIn(String name) {
        TestClient client = server.connect("/lobby?heartbeat=pong");
        client.send("{'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'}");
        client.await("auth");
        return client;
    }

    @TestFactory
    List<DynamicTest> allowsAndRefuses() {
        return java.util.Arrays.stream(Rank.values())
                .flatMap(by -> MEASURES.stream()
                        .flatMap(action -> java.util.Arrays.stream(Rank.values())
                                .map(target -> DynamicTest.dynamicTest(
                                        by + " " + action + " " + target,
                                        () -> assertEquals(
                                                expected(by, action, target), perform(by, action, target))))))
                .toList();
    }

    /** The code of the error, or 200. */
    private static int expected(Rank by, String action, Rank target) {
        if (action.equals("role")) {
            return by != Rank.ADMIN || target == Rank.ADMIN ? 403 : target == Rank.GUEST ? 400 : 200;
        }
        if (action.equals("delete") && by == Rank.ADMIN) {
            return 200;
        }
        return by.height > target.height ? 200 : 403;
    }

    private int perform(Rank by, String action, Rank target) {
        String channel = "t" + number++;
        // An account may take only one action per second on average.
        server.advance(Duration.ofSeconds(3));
        TestClient actor = actors.get(by);
        TestClient subject = targets.get(target);
        join(admin, channel);
        if (!actor.equals(admin)) {
            join(actor, channel);
        }
        join(subject, channel);
        giveRoles(channel, by, target);
        String user = target == Rank.ADMIN ? "root" : name(target) + "2";
        prepare(channel, action, target, user);
        long message = action.equals("delete") ? sendMessage(subject, channel) : 1;
        String role = target == Rank.MODERATOR ? "member" : "moderator";
        actor.send("{'type':'" + action + "','user':'" + user + "','channel':'" + channel + "','id':" + message
                + ",'role':'" + role + "','ref':'done'}");
        JsonNode answer = answer(actor, "done");
        leave(admin, channel);
        leave(actor, channel);
        leave(subject, channel);
        return answer.path("code").asInt(200);
    }

    private static void join(TestClient client, String channel) {
        client.send("{'type':'join','channel':'" + channel + "','ref':'join'}");
        assertEquals("connection", answer(client, "join").get("type").asString());
    }

    private static void leave(TestClient client, String channel) {
        client.send("{'type':'leave','channel':'" + channel + "','ref':'leave'}");
        answer(client, "leave");
    }

    private void giveRoles(String channel, Rank by, Rank target) {
        if (by == Rank.MODERATOR) {
            give(channel, "moderator1");
        }
        if (target == Rank.MODERATOR) {
            give(channel, "moderator2");
        }
    }

    private void give(String channel, String user) {
        admin.send("{'type':'role','user':'" + user + "','role':'moderator','channel':'" + channel + "','ref':'r'}");
        assertEquals("role", answer(admin, "r").get("type").asString());
    }

    /** Creates the sanction that the action lifts. */
    private void prepare(String channel, String action, Rank target, String user) {
        if ((action.equals("unmute") || action.equals("unban")) && target != Rank.ADMIN) {
            String put = action.substring(2);
            admin.send("{'type':'" + put + "','user':'" + user + "','channel':'" + channel + "','ref':'put'}");
            assertEquals(put, answer(admin, "put").get("type").asString());
        }
        if (action.equals("unban") && target == Rank.GUEST) {
            // The target shares the address of the guest who lifts the ban, so the ban applies to both.
            TestClient guest = actors.get(Rank.GUEST);
            guest.send("{'type':'ping','ref':'p'}");
            answer(guest, "p");
        }
    }

    private static long sendMessage(TestClient client, String channel) {
        client.send("{'type':'message','text':'hi','channel':'" + channel + "','ref':'said'}");
        return answer(client, "said").get("id").asLong();
    }

    private static JsonNode answer(TestClient client, String ref) {
        JsonNode envelope = client.next();
        while (!envelope.path("ref").asString("").equals(ref)) {
            envelope = client.next();
        }
        return envelope;
    }
}
