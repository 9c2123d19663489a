package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 6 of the protocol: accounts on the socket. */
class AuthTest {
    private static final String PASSWORD = "correct horse";
    private static final String BY_PASSWORD = "{'type':'auth','username':'alice','password':'" + PASSWORD + "'}";
    private static final String COMPLETE =
            "{'type':'auth','code':200,'message':'Authentication complete','user':'Alice'}";

    private TestServer server = TestServer.start();
    private TestApi api = new TestApi(server.port());

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(String... settings) {
        server.close();
        server = TestServer.with(settings);
        api = new TestApi(server.port());
    }

    private void register() {
        assertEquals(201, api.register("Alice", PASSWORD).status());
    }

    private TestClient comer(String path) {
        return server.connect(path + "?heartbeat=pong");
    }

    private TestClient byPassword(String path) {
        TestClient client = comer(path);
        client.send(BY_PASSWORD);
        client.expectExactly(COMPLETE);
        return client;
    }

    private TestClient byToken(String path, String token) {
        TestClient client = comer(path);
        client.send("{'type':'auth','token':'" + token + "'}");
        client.expectExactly(COMPLETE);
        return client;
    }

    private static void assertSaysAsAlice(TestClient client) {
        client.say("here");
        assertEquals("Alice", client.await("message").get("user").asString());
    }

    @Test
    void authenticatesAtOnceByPassword() {
        register();
        assertSaysAsAlice(byPassword("/fishing"));
    }

    @Test
    void authenticatesAtOnceByToken() {
        register();
        assertSaysAsAlice(byToken("/fishing", api.logIn("alice", PASSWORD)));
    }

    @Test
    void takesWhatIsSentBehindTheLoginInOneGo() {
        register();
        TestClient client = comer("/fishing");
        client.send(BY_PASSWORD);
        client.say("at once");
        client.expect("auth");
        assertEquals("at once", client.expect("message").get("text").asString());
    }

    @Test
    void answersWrongCredentialsAllTheSame() {
        register();
        TestClient client = comer("/fishing");
        client.send("{'type':'auth','username':'alice','password':'wrong horse','ref':'a'}");
        JsonNode wrong = client.expectError(401);
        client.send("{'type':'auth','username':'nobody','password':'wrong horse','ref':'a'}");
        assertEquals(wrong, client.expectError(401));
        client.send("{'type':'auth','token':'nonsense'}");
        client.expectError(401);
        client.say("as whom?");
        client.expectError(401);
    }

    @Test
    void saysWhatIsMissing() {
        TestClient client = comer("/fishing");
        client.send("{'type':'auth'}");
        client.expectError(400);
        client.send("{'type':'auth','username':'alice'}");
        assertEquals(
                "password is missing", client.expectError(400).get("message").asString());
        client.send("{'type':'auth','token':7}");
        client.expectError(400);
        client.send("{'type':'auth','token':'x','room':'a//b'}");
        client.expectError(400);
    }

    @Test
    void limitsTries() {
        register();
        TestClient client = comer("/fishing");
        JsonNode error;
        int tries = 0;
        do {
            client.send("{'type':'auth','username':'alice','password':'guess " + tries++ + "'}");
            error = client.expect("error");
        } while (error.get("code").asInt() == 401 && tries < 50);
        assertEquals(429, error.get("code").asInt());
        assertTrue(error.get("retryAfter").asDouble() > 0);
    }

    @Test
    void refusesASecondLoginOnTheSameConnection() {
        register();
        TestClient client = byPassword("/fishing");
        client.send(BY_PASSWORD);
        client.expectError(409);
        client.send("{'type':'identity','user':'somebody'}");
        client.expectError(409);
        client.identify("alice");
    }

    @Test
    void joinsTheRoom() {
        register();
        TestClient client = comer("/fishing");
        client.send(BY_PASSWORD.replace("}", ",'room':'boats','ref':'a'}"));
        client.expectExactly(COMPLETE.replace("}", ",'ref':'a'}"));
        client.expectExactly("{'type':'connection','id':'boats','ref':'a'}");
        client.send("{'type':'message','text':'hi','channel':'boats'}");
        assertEquals("boats", client.expect("message").get("channel").asString());
    }

    @Test
    void mayBeConnectedManyTimes() {
        register();
        TestClient first = byPassword("/fishing");
        TestClient second = byPassword("/fishing");
        assertSaysAsAlice(first);
        second.expect("message");
        assertSaysAsAlice(second);
        first.expect("message");
        first.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 1);
        assertSaysAsAlice(second);
    }

    @Test
    void reservesItsNameInAllSpellings() {
        register();
        TestClient guest = comer("/fishing");
        for (String spelling : new String[] {"alice", "ALICE", "Ａｌｉｃｅ", "al\u034fice"}) {
            guest.send("{'type':'identity','user':'" + spelling + "'}");
            guest.expectExactly("{'type':'identity','success':'false','reason':'registered'}");
        }
    }

    @Test
    void takesItsNameFromAGuestWhoHadItBefore() {
        TestClient guest = server.connectAs("alice", "/fishing");
        String resume =
                guest.ask("'type':'identity','user':'alice'").get("resume").asString();
        assertEquals(201, api.register("Alice", PASSWORD, resume).status());
        TestClient owner = byPassword("/fishing");
        guest.expectClose(4501);
        assertSaysAsAlice(owner);
    }

    @Test
    void isALoginNoMoreWhenItFallsSilent() {
        restart("HEARTBEAT_TIMEOUT", "8s");
        register();
        TestClient client = server.connect("/fishing");
        client.send(BY_PASSWORD);
        client.expect("auth");
        server.advance(Duration.ofSeconds(10));
        client.say("still here?");
        client.expectError(401);
        client.send(BY_PASSWORD);
        client.await("auth");
        assertSaysAsAlice(client);
    }

    @Test
    void endsWithItsTokensLogin() {
        register();
        String token = api.logIn("alice", PASSWORD);
        TestClient ended = byToken("/fishing", token);
        TestClient other = byToken("/fishing", api.logIn("alice", PASSWORD));
        assertEquals(
                204, api.send("DELETE", "/api/sessions/current", token, null).status());
        ended.expectClose(1008);
        assertSaysAsAlice(other);
    }

    @Test
    void endsWhenThePasswordIsChangedByAnotherLogin() {
        register();
        String mine = api.logIn("alice", PASSWORD);
        TestClient kept = byToken("/fishing", mine);
        TestClient byOtherToken = byToken("/fishing", api.logIn("alice", PASSWORD));
        TestClient byPassword = byPassword("/fishing");
        assertEquals(
                204,
                api.send(
                                "PUT",
                                "/api/accounts/me/password",
                                mine,
                                "{'current':'" + PASSWORD + "','new':'battery staple'}")
                        .status());
        byOtherToken.expectClose(1008);
        byPassword.expectClose(1008);
        assertSaysAsAlice(kept);
        TestClient late = comer("/fishing");
        late.send(BY_PASSWORD);
        late.expectError(401);
    }

    @Test
    void endsWithItsAccount() {
        register();
        String token = api.logIn("alice", PASSWORD);
        TestClient client = byToken("/fishing", token);
        assertEquals(204, api.send("DELETE", "/api/accounts/me", token, null).status());
        client.expectClose(1008);
        comer("/fishing").identify("alice");
    }

    @Test
    void deletesItsOwnMessagesOnAnyConnection() {
        register();
        TestClient first = byPassword("/fishing");
        first.say("mine");
        long id = first.expect("message").get("id").asLong();
        first.close();
        TestClient second = byPassword("/fishing");
        second.send("{'type':'delete','id':" + id + "}");
        second.expectExactly("{'type':'delete','id':" + id + ",'user':'Alice'}");
    }

    @Test
    void isTheOnlyWayWhereAccountsAreRequired() {
        restart("REQUIRE_ACCOUNT", "true");
        register();
        TestClient speaker = byPassword("/fishing");
        TestClient stranger = comer("/fishing");
        stranger.send("{'type':'identity','user':'bob'}");
        stranger.expectError(403);
        for (String envelope : new String[] {"history'", "message','text':'hi'", "join','channel':'boats'"}) {
            stranger.send("{'type':'" + envelope + "}");
            stranger.expectError(401);
        }
        speaker.say("not for strangers");
        speaker.expect("message");
        stranger.expectNothing();
        stranger.send(BY_PASSWORD);
        stranger.expect("auth");
        speaker.say("but for friends");
        assertEquals("but for friends", stranger.expect("message").get("text").asString());
    }
}
