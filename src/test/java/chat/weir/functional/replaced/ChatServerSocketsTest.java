package chat.weir.functional.replaced;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The use cases of chat-server-sockets. */
class ChatServerSocketsTest {
    private static final String PASSWORD = "correct horse";

    private final TestServer server = TestServer.start();
    private final TestApi api = new TestApi(server.port());

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient account(String name, String path) {
        assertEquals(201, api.register(name, PASSWORD).status());
        TestClient client = server.connect(path + "?heartbeat=pong");
        client.send("{'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'}");
        client.expectExactly("{'type':'auth','code':200,'message':'Authentication complete','user':'" + name + "'}");
        return client;
    }

    /** Makes clients receive presence events from now on. */
    private void watch(TestClient... clients) {
        server.advance(Duration.ofSeconds(2));
        for (TestClient client : clients) {
            client.receivePresenceFromNowOn();
        }
    }

    private void expectUsers(List<TestClient> clients, String users) {
        server.advance(Duration.ofSeconds(1));
        clients.forEach(client -> client.expectExactly(users));
    }

    @Test
    void userConnectedAndRoomUserChangeAreTheReplyToAuthOrIdentityAndNotificationAndUsers() {
        TestClient alice = account("alice", "/general");
        TestClient dave = server.connect("/general?heartbeat=pong");
        watch(alice, dave);

        TestClient bob = account("bob", "/general");
        for (TestClient client : new TestClient[] {alice, dave}) {
            client.expectExactly("{'type':'notification','event':'joined','user':'bob','text':'bob joined'}");
        }
        expectUsers(List.of(alice, dave), "{'type':'users','users':['alice','bob'],'count':2}");
        watch(bob);
        bob.send("{'type':'users','ref':'1'}");
        bob.expectExactly("{'type':'users','users':['alice','bob'],'count':2,'ref':'1'}");

        dave.identify("dave");
        alice.expectNothing();
        server.advance(Duration.ofSeconds(6));
        assertEquals("true", dave.expect("heartbeat").get("authenticated").asString());
        for (TestClient client : new TestClient[] {alice, bob}) {
            client.expectExactly("{'type':'notification','event':'joined','user':'dave','text':'dave joined'}");
        }
        expectUsers(List.of(alice, bob, dave), "{'type':'users','users':['alice','bob','dave'],'count':3}");

        bob.close();
        for (TestClient client : new TestClient[] {alice, dave}) {
            client.expectExactly("{'type':'notification','event':'left','user':'bob','text':'bob left'}");
        }
        expectUsers(List.of(alice, dave), "{'type':'users','users':['alice','dave'],'count':2}");
    }

    @Test
    void roomUserChangeIsJoinAndLeaveWithNotificationAndUsersOfTheRoom() {
        TestClient alice = account("alice", "/general");
        TestClient bob = server.connectAs("bob", "/boats");
        watch(alice, bob);
        alice.send("{'type':'join','channel':'boats'}");
        alice.expectExactly("{'type':'connection','id':'boats'}");
        bob.expectExactly("{'type':'notification','event':'joined','user':'alice','text':'alice joined'}");
        server.advance(Duration.ofSeconds(1));
        bob.expectExactly("{'type':'users','users':['alice','bob'],'count':2}");
        alice.expectExactly("{'type':'users','users':['alice','bob'],'count':2,'channel':'boats'}");
        alice.send("{'type':'leave','channel':'boats'}");
        alice.expectExactly("{'type':'leave','channel':'boats'}");
        bob.expectExactly("{'type':'notification','event':'left','user':'alice','text':'alice left'}");
        expectUsers(List.of(bob), "{'type':'users','users':['bob'],'count':1}");
        alice.expectNothing();
        alice.send("{'type':'users'}");
        alice.expectExactly("{'type':'users','users':['alice'],'count':1}");
    }

    @Test
    void chatMessageSentAndChatMessageBroadcastAreMessage() {
        TestClient alice = account("alice", "/general");
        TestClient bob = account("bob", "/general");
        TestClient reader = server.connect("/general?heartbeat=pong");
        TestClient elsewhere = server.connectAs("carol", "/boats");
        alice.say("hello");
        for (TestClient client : new TestClient[] {alice, bob, reader}) {
            JsonNode message = client.await("message");
            assertEquals("hello", message.get("text").asString());
            assertEquals("alice", message.get("user").asString());
        }
        bob.send("{'type':'message','text':'hello yourself','ref':'7'}");
        JsonNode message = alice.expect("message");
        assertEquals("bob", message.get("user").asString());
        assertEquals(message, bob.expect("message"));
        bob.expectExactly(
                "{'type':'ack','ref':'7','id':" + message.get("id") + ",'timestamp':" + message.get("timestamp") + "}");
        elsewhere.expectNothing();
    }

    @Test
    void privateChatInitiatedAndPmArePrivateAndMessageWithItsChannel() {
        TestClient alice = account("alice", "/general");
        TestClient bob = account("bob", "/general");
        TestClient carol = account("carol", "/general");
        String chat = startPrivateChat(alice, bob, "bob");
        assertChatInPrivate(alice, bob, carol, chat);
        assertEquals(chat, startPrivateChat(bob, alice, "alice"), "two accounts have one chat");
    }

    @Test
    void privateChatInitiatedByGuestsEndsWhenBothHaveLeft() {
        TestClient alice = server.connectAs("alice", "/general");
        TestClient bob = server.connectAs("bob", "/general");
        TestClient carol = server.connectAs("carol", "/general");
        String chat = startPrivateChat(alice, bob, "bob");
        assertChatInPrivate(alice, bob, carol, chat);
        for (TestClient client : new TestClient[] {alice, bob}) {
            client.send("{'type':'leave','channel':'" + chat + "'}");
            client.expectExactly("{'type':'leave','channel':'" + chat + "'}");
        }
        alice.send("{'type':'join','channel':'" + chat + "'}");
        alice.expectError(403);
        assertNotEquals(chat, startPrivateChat(alice, bob, "bob"));
    }

    /** Starts a private chat, and checks that both users receive its envelope. @return its channel */
    private static String startPrivateChat(TestClient inviting, TestClient invited, String name) {
        inviting.send("{'type':'private','user':'" + name + "','ref':'p'}");
        String chat = inviting.expect("private").get("channel").asString();
        assertTrue(chat.startsWith("@"), chat);
        String told = "{'type':'private','channel':'" + chat + "','users':['alice','bob']}";
        invited.expectExactly(told);
        inviting.send("{'type':'private','user':'" + name + "','ref':'again'}");
        inviting.expectExactly(told.replace("}", ",'ref':'again'}"));
        invited.expectExactly(told);
        return chat;
    }

    private static void assertChatInPrivate(TestClient alice, TestClient bob, TestClient other, String chat) {
        alice.send("{'type':'message','text':'psst','channel':'" + chat + "'}");
        JsonNode message = alice.expect("message");
        assertEquals(chat, message.path("channel").asString(""), message::toString);
        assertEquals("psst", message.get("text").asString());
        assertEquals("alice", message.get("user").asString());
        assertEquals(message, bob.expect("message"));
        bob.send("{'type':'message','text':'what?','channel':'" + chat + "'}");
        assertEquals("what?", alice.expect("message").get("text").asString());
        assertEquals("bob", bob.expect("message").get("user").asString());
        for (String asked : new String[] {"join'", "history'", "users'", "message','text':'let me in'"}) {
            other.send("{'type':'" + asked + ",'channel':'" + chat + "'}");
            other.expectError(403);
        }
        other.expectNothing();
        alice.expectNothing();
    }

    @Test
    void setUsernameIsIdentityWhileAuthenticated() {
        TestClient alice = server.connectAs("alice", "/general");
        TestClient bob = server.connectAs("bob", "/general");
        watch(alice, bob);
        alice.send("{'type':'identity','user':'bob'}");
        alice.expectExactly("{'type':'identity','success':'false','reason':'taken'}");
        bob.expectNothing();
        alice.identify("alicia");
        JsonNode renamed = bob.expect("notification");
        assertEquals("renamed", renamed.get("event").asString());
        assertEquals("alice", renamed.get("from").asString());
        assertEquals("alicia", renamed.get("user").asString());
        alice.say("at once");
        alice.expect("message");
        assertEquals("alicia", bob.expect("message").get("user").asString());
        expectUsers(List.of(alice, bob), "{'type':'users','users':['alicia','bob'],'count':2}");
        bob.identify("alice");
    }

    @Test
    void signUpAndLogInAndChangePasswordOverRestAreTheHttpApi() {
        assertEquals(201, api.register("alice", PASSWORD).status());
        assertEquals(409, api.register("ALICE", PASSWORD).status());
        assertEquals(400, api.register("bob", "short").status());
        assertEquals(401, logIn("wrong horse").status());
        TestApi.Answer login = logIn(PASSWORD);
        assertEquals(201, login.status());
        assertEquals("alice", login.body().get("user").asString());
        assertTrue(login.body().has("expires"), login::toString);
        String token = login.body().get("token").asString();
        String other = api.logIn("alice", PASSWORD);

        TestClient alice = server.connect("/general?heartbeat=pong");
        alice.send("{'type':'auth','token':'" + token + "'}");
        alice.expectExactly("{'type':'auth','code':200,'message':'Authentication complete','user':'alice'}");

        assertEquals(403, changePassword(token, "wrong horse").status());
        assertEquals(204, changePassword(token, PASSWORD).status());
        assertEquals(401, logIn(PASSWORD).status());
        assertEquals(201, logIn("battery staple").status());
        assertEquals(
                401, api.send("GET", "/api/accounts/me", other, null).status(), "the account's other sessions end");
        assertEquals(200, api.send("GET", "/api/accounts/me", token, null).status());
        alice.say("still here");
        assertEquals("alice", alice.expect("message").get("user").asString());
    }

    private TestApi.Answer logIn(String password) {
        return api.send("POST", "/api/sessions", null, "{'username':'alice','password':'" + password + "'}");
    }

    private TestApi.Answer changePassword(String token, String current) {
        return api.send(
                "PUT", "/api/accounts/me/password", token, "{'current':'" + current + "','new':'battery staple'}");
    }

    @Test
    void startDevAndStartDebugAreMakeRunAndMakeDebug() {
        String run = StartCommands.of("run");
        assertTrue(run.contains("-jar target/weir.jar"), run);
        assertTrue(run.contains("-XX:SharedArchiveFile=target/weir.jsa"), run);
        assertFalse(run.contains("jdwp"), run);
        String debug = StartCommands.of("debug", "PORT=9001");
        assertTrue(debug.contains("LOG_LEVEL=debug"), debug);
        assertTrue(debug.contains("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:"), debug);
        assertTrue(debug.stripTrailing().endsWith("-jar target/weir.jar 9001"), debug);
    }
}
