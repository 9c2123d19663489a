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

    private TestClient connect(String path) {
        return server.connect(path + "?heartbeat=pong");
    }

    private TestClient logInWithPassword(String path) {
        TestClient client = connect(path);
        client.send(BY_PASSWORD);
        client.expectExactly(COMPLETE);
        return client;
    }

    private TestClient logInWithToken(String path, String token) {
        TestClient client = connect(path);
        client.send("{'type':'auth','token':'" + token + "'}");
        client.expectExactly(COMPLETE);
        return client;
    }

    private static void assertCanSendAsAlice(TestClient client) {
        client.say("here");
        assertEquals("Alice", client.await("message").get("user").asString());
    }

    @Test
    void authenticatesAtOnceByPassword() {
        register();
        assertCanSendAsAlice(logInWithPassword("/fishing"));
    }

    @Test
    void authenticatesAtOnceByToken() {
        register();
        assertCanSendAsAlice(logInWithToken("/fishing", api.logIn("alice", PASSWORD)));
    }

    @Test
    void processesAMessageThatIsSentRightAfterTheLogin() {
        register();
        TestClient client = connect("/fishing");
        client.send(BY_PASSWORD);
        client.say("at once");
        client.expect("auth");
        assertEquals("at once", client.expect("message").get("text").asString());
    }

    @Test
    void answersAllWrongCredentialsAlike() {
        register();
        TestClient client = connect("/fishing");
        client.send("{'type':'auth','username':'alice','password':'wrong horse','ref':'a'}");
        JsonNode wrong = client.expectError(401);
        client.send("{'type':'auth','username':'nobody','password':'wrong horse','ref':'a'}");
        assertEquals(wrong, client.expectError(401));
        client.send("{'type':'auth','token':'nonsense'}");
        client.expectError(401);
        client.say("not authenticated");
        client.expectError(401);
    }

    @Test
    void namesTheMissingField() {
        TestClient client = connect("/fishing");
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
    void limitsFailedLogins() {
        register();
        TestClient client = connect("/fishing");
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
        TestClient client = logInWithPassword("/fishing");
        client.send(BY_PASSWORD);
        client.expectError(409);
        client.send("{'type':'identity','user':'somebody'}");
        client.expectError(409);
        client.identify("alice");
    }

    @Test
    void joinsTheRoom() {
        register();
        TestClient client = connect("/fishing");
        client.send(BY_PASSWORD.replace("}", ",'room':'boats','ref':'a'}"));
        client.expectExactly(COMPLETE.replace("}", ",'ref':'a'}"));
        client.expectExactly("{'type':'connection','id':'boats','ref':'a'}");
        client.send("{'type':'message','text':'hi','channel':'boats'}");
        assertEquals("boats", client.expect("message").get("channel").asString());
    }

    @Test
    void allowsSeveralConnectionsOfOneAccount() {
        register();
        TestClient first = logInWithPassword("/fishing");
        TestClient second = logInWithPassword("/fishing");
        assertCanSendAsAlice(first);
        second.expect("message");
        assertCanSendAsAlice(second);
        first.expect("message");
        first.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 1);
        assertCanSendAsAlice(second);
    }

    @Test
    void reservesItsNameInAllSpellings() {
        register();
        TestClient guest = connect("/fishing");
        for (String spelling : new String[] {"alice", "ALICE", "Ａｌｉｃｅ", "al\u034fice"}) {
            guest.send("{'type':'identity','user':'" + spelling + "'}");
            guest.expectExactly("{'type':'identity','success':'false','reason':'registered'}");
        }
    }

    @Test
    void disconnectsAGuestWithTheNameOfTheAccount() {
        TestClient guest = server.connectAs("alice", "/fishing");
        String resume =
                guest.ask("'type':'identity','user':'alice'").get("resume").asString();
        assertEquals(201, api.register("Alice", PASSWORD, resume).status());
        TestClient owner = logInWithPassword("/fishing");
        guest.expectClose(4501);
        assertCanSendAsAlice(owner);
    }

    @Test
    void endsTheLoginOfASilentConnection() {
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
        assertCanSendAsAlice(client);
    }

    @Test
    void closesTheConnectionsOfATokenThatLogsOut() {
        register();
        String token = api.logIn("alice", PASSWORD);
        TestClient ended = logInWithToken("/fishing", token);
        TestClient other = logInWithToken("/fishing", api.logIn("alice", PASSWORD));
        assertEquals(
                204, api.send("DELETE", "/api/sessions/current", token, null).status());
        ended.expectClose(1008);
        assertCanSendAsAlice(other);
    }

    @Test
    void closesOtherLoginsWhenThePasswordChanges() {
        register();
        String mine = api.logIn("alice", PASSWORD);
        TestClient kept = logInWithToken("/fishing", mine);
        TestClient byOtherToken = logInWithToken("/fishing", api.logIn("alice", PASSWORD));
        TestClient byPassword = logInWithPassword("/fishing");
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
        assertCanSendAsAlice(kept);
        TestClient late = connect("/fishing");
        late.send(BY_PASSWORD);
        late.expectError(401);
    }

    @Test
    void closesConnectionsWhenTheAccountIsDeleted() {
        register();
        String token = api.logIn("alice", PASSWORD);
        TestClient client = logInWithToken("/fishing", token);
        assertEquals(204, api.send("DELETE", "/api/accounts/me", token, null).status());
        client.expectClose(1008);
        connect("/fishing").identify("alice");
    }

    @Test
    void deletesOwnMessagesOnAnyConnection() {
        register();
        TestClient first = logInWithPassword("/fishing");
        first.say("mine");
        long id = first.expect("message").get("id").asLong();
        first.close();
        TestClient second = logInWithPassword("/fishing");
        second.send("{'type':'delete','id':" + id + "}");
        second.expectChange("{'type':'delete','id':" + id + ",'user':'Alice'}");
    }

    @Test
    void refusesGuestsWhereAccountsAreRequired() {
        restart("REQUIRE_ACCOUNT", "true");
        register();
        TestClient speaker = logInWithPassword("/fishing");
        TestClient guest = connect("/fishing");
        guest.send("{'type':'identity','user':'bob'}");
        guest.expectError(403);
        for (String envelope : new String[] {"history'", "message','text':'hi'", "join','channel':'boats'"}) {
            guest.send("{'type':'" + envelope + "}");
            guest.expectError(401);
        }
        speaker.say("before the login");
        speaker.expect("message");
        guest.expectNothing();
        guest.send(BY_PASSWORD);
        guest.expect("auth");
        speaker.say("after the login");
        assertEquals("after the login", guest.expect("message").get("text").asString());
    }
}
