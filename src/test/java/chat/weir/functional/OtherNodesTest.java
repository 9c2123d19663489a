package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.database.Database;
import chat.weir.database.DatabaseUrl;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import chat.weir.testing.PostgresServer;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes by another node on the same database take effect here. */
class OtherNodesTest {
    private static final Duration A_ROUND = Duration.ofSeconds(2);
    private static final Scope FISHING = Scope.of(new ChannelId("fishing"));
    private static final Actor ROOT = new Actor(new Subject.OfAccount(1, name("root")), true);
    private static final Actor BOB = new Actor(new Subject.OfGuest(name("bob"), "127.0.0.1"), false);

    private static UserName name(String typed) {
        return UserName.parse(typed).orElseThrow();
    }

    @Test
    void enforcesAndLiftsBansOfAnotherNode() {
        DatabaseUrl address = PostgresServer.freshDatabase();
        try (TestServer server = TestServer.with(
                        "DATABASE_URL", address.url(),
                        "DATABASE_USER", address.user(),
                        "DATABASE_PASSWORD", address.password());
                Database database = Database.open(address)) {
            Moderation elsewhere = new Moderation(
                    database,
                    server.time().clocks().clock(),
                    server.time().clocks().nanoTime(),
                    entry -> {});
            TestClient bob = server.connectAs("bob", "/fishing");
            AuditEntry ban =
                    elsewhere.put(SanctionType.BAN, ROOT, BOB, FISHING, new SanctionTerm(null, new Reason("noise")));
            bob.expectNothing();
            server.advance(A_ROUND);
            bob.expectExactly("{'type':'ban','user':'bob','by':'root','reason':'noise'}");
            bob.expectClose(4504);
            TestClient again = server.open("/fishing");
            again.expectError(403);
            again.expectClose(4504);
            List<AuditEntry> lifted = elsewhere.lift(SanctionType.BAN, ROOT, BOB, FISHING, Reason.NONE);
            assertEquals(
                    List.of(ban.target()),
                    lifted.stream().map(AuditEntry::target).toList());
            await().until(() -> {
                server.advance(A_ROUND);
                try (TestClient client = server.open("/fishing")) {
                    return client.next().get("type").asString().equals("connection");
                }
            });
        }
    }
}
