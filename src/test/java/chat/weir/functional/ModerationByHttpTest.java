package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestApi.Answer;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Moderation actions over HTTP, and their effect on connected users. */
class ModerationByHttpTest {
    private static final String PASSWORD = "correct horse";
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final TestServer server =
            TestServer.with("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", PASSWORD, "TRUSTED_PROXIES", "127.0.0.1");
    private final TestApi api = new TestApi(server.port());
    private final String admin = api.logIn("root", PASSWORD);
    private final List<TestClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(TestClient::close);
        server.close();
    }

    private TestClient from(String address, String path) {
        TestClient client = TestClient.open(
                RawSocket.connect(server.port()), path + "?heartbeat=pong", Map.of("X-Forwarded-For", address));
        clients.add(client);
        return client;
    }

    private TestClient guest(String name, String address, String path) {
        TestClient client = from(address, path);
        client.expect("connection");
        client.identify(name);
        server.advance(Duration.ofSeconds(6));
        assertEquals("true", client.expect("heartbeat").get("authenticated").asString());
        return client;
    }

    private void assertBanned(String address, String path) {
        TestClient client = from(address, path);
        client.expectError(403);
        client.expectClose(4504);
    }

    private void assertCanConnect(String address, String path) {
        from(address, path).expect("connection");
    }

    private void ban(String json) {
        Answer answer = api.send("POST", "/api/bans", admin, json);
        assertEquals(201, answer.status(), answer.toString());
        assertFalse(answer.toString().contains(HERE));
    }

    private void lift(String query) {
        assertEquals(204, api.send("DELETE", "/api/bans?" + query, admin, null).status());
    }

    @Test
    void disconnectsABannedGuestUntilTheBanIsLifted() {
        TestClient bob = guest("bob", HERE, "/fishing");
        TestClient carol = guest("carol", ELSEWHERE, "/fishing");
        ban("{'user':'bob','channel':'fishing','duration':60,'reason':'noise'}");
        String notice = "{'type':'ban','user':'bob','by':'root','duration':60,'reason':'noise'}";
        bob.expectExactly(notice);
        bob.expectClose(4504);
        carol.expectExactly(notice);
        assertBanned(HERE, "/fishing");
        TestClient renamed = from(ELSEWHERE, "/fishing");
        renamed.expect("connection");
        renamed.send("{'type':'identity','user':'BOB'}");
        assertEquals("false", renamed.await("identity").get("success").asString());
        assertCanConnect(HERE, "/boats");
        lift("user=bob&channel=fishing&reason=peace");
        carol.expectExactly("{'type':'unban','user':'bob','by':'root','reason':'peace'}");
        guest("bob", HERE, "/fishing").say("sorry");
        assertEquals("sorry", carol.expect("message").get("text").asString());
        JsonNode audit = api.send("GET", "/api/audit", admin, null).body().get("audit");
        assertEquals("unban", audit.get(0).get("measure").asString());
        assertEquals("ban", audit.get(1).get("measure").asString());
        assertEquals(2, audit.size());
        assertFalse(audit.toString().contains(HERE));
    }

    @Test
    void bansTheAddressOfAConnectedGuestEverywhere() {
        TestClient bob = guest("bob", HERE, "/fishing");
        ban("{'user':'bob','channel':'*'}");
        bob.expectExactly("{'type':'ban','user':'bob','by':'root','channel':'*'}");
        bob.expectClose(4504);
        assertBanned(HERE, "/boats");
        assertCanConnect(ELSEWHERE, "/boats");
    }

    @Test
    void bansOnlyTheNameIfTwoGuestsHaveIt() {
        TestClient one = guest("bob", HERE, "/fishing");
        TestClient other = guest("bob", ELSEWHERE, "/boats");
        ban("{'user':'bob','channel':'*'}");
        one.expect("ban");
        one.expectClose(4504);
        other.expect("ban");
        other.expectClose(4504);
        assertCanConnect(HERE, "/fishing");
        assertCanConnect(ELSEWHERE, "/fishing");
    }

    @Test
    void refusesMessagesOfAMutedGuest() {
        TestClient bob = guest("bob", HERE, "/fishing");
        String mute = "{'user':'bob','channel':'fishing','duration':60}";
        assertEquals(201, api.send("POST", "/api/mutes", admin, mute).status());
        bob.expect("mute");
        bob.say("hm?");
        assertEquals(60, bob.expectError(403).get("retryAfter").asLong());
        assertEquals(
                204,
                api.send("DELETE", "/api/mutes?user=bob&channel=fishing", admin, null)
                        .status());
        bob.expect("unmute");
        bob.say("ah");
        assertEquals("ah", bob.expect("message").get("text").asString());
    }

    @Test
    void makesAModeratorWhoCanBan() {
        api.register("alice", PASSWORD);
        String alice = api.logIn("alice", PASSWORD);
        TestClient bob = guest("bob", HERE, "/fishing");
        String ban = "{'user':'bob','channel':'fishing'}";
        assertEquals(403, api.send("POST", "/api/bans", alice, ban).status());
        Answer role = api.send("PUT", "/api/channels/fishing/roles/alice", admin, "{'role':'moderator'}");
        assertEquals(204, role.status());
        bob.expectExactly("{'type':'role','user':'alice','by':'root','role':'moderator'}");
        assertEquals(201, api.send("POST", "/api/bans", alice, ban).status());
        bob.expectExactly("{'type':'ban','user':'bob','by':'alice'}");
        bob.expectClose(4504);
    }
}
