package chat.weir.functional.replaced;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The use cases of TwiceCast's chat_server: accounts that name their room in the login. */
class TwiceCastTest {
    private static final String PASSWORD = "correct horse";

    private TestServer server = TestServer.with("MESSAGE_RATE", "5", "TEST_MODE", "true");

    @AfterEach
    void stop() {
        server.close();
    }

    private void register(String... names) {
        TestApi api = new TestApi(server.port());
        for (String name : names) {
            assertEquals(201, api.register(name, PASSWORD).status());
        }
    }

    private static void auth(TestClient client, String name, String password, String room) {
        client.send("{'type':'auth','username':'" + name + "','password':'" + password + "','room':'" + room + "'}");
    }

    /** Expects both replies, which are sent through two channels in any order. */
    private static void expectAuth(TestClient client, String name, String room) {
        String first = client.next().toString();
        String second = client.next().toString();
        assertEquals(
                Set.of(
                        "{\"type\":\"auth\",\"code\":200,\"message\":\"Authentication complete\",\"user\":\"" + name
                                + "\"}",
                        "{\"type\":\"connection\",\"id\":\"" + room + "\"}"),
                Set.of(first, second));
    }

    private TestClient loggedIn(String name, String room) {
        TestClient client = server.connect("/lobby?heartbeat=pong");
        auth(client, name, PASSWORD, room);
        expectAuth(client, name, room);
        return client;
    }

    private static void say(TestClient client, String room, String text) {
        client.send("{'type':'message','text':'" + text + "','channel':'" + room + "'}");
    }

    private static void assertReceives(TestClient client, String room, String text, String user) {
        JsonNode message = client.expect("message");
        assertEquals(room, message.path("channel").asString(""), message::toString);
        assertEquals(text, message.get("text").asString());
        assertEquals(user, message.get("user").asString());
    }

    @Test
    void authWithUsernameAndPasswordAndRoomIsAuth() {
        register("alice", "bob");
        TestClient alice = server.connect("/lobby?heartbeat=pong");
        auth(alice, "alice", "wrong horse", "boats");
        alice.expectError(401);
        auth(alice, "alice", PASSWORD, "no//room");
        alice.expectError(400);
        say(alice, "boats", "not yet");
        alice.expectError(401);
        auth(alice, "alice", PASSWORD, "boats");
        expectAuth(alice, "alice", "boats");
        auth(alice, "alice", PASSWORD, "boats");
        alice.expectError(409);

        TestClient bob = loggedIn("bob", "boats");
        say(bob, "boats", "at once");
        List.of(alice, bob).forEach(client -> assertReceives(client, "boats", "at once", "bob"));
    }

    @Test
    void messageToTheRoomReachesTheSenderTooAndErrorsAre400And401And403() {
        register("alice", "bob", "carol");
        TestClient alice = loggedIn("alice", "boats");
        TestClient bob = loggedIn("bob", "boats");
        TestClient carol = loggedIn("carol", "lakes");
        say(alice, "boats", "hello");
        List.of(alice, bob).forEach(client -> assertReceives(client, "boats", "hello", "alice"));
        say(bob, "boats", "hello yourself");
        List.of(alice, bob).forEach(client -> assertReceives(client, "boats", "hello yourself", "bob"));
        carol.expectNothing();

        alice.send("{'type':'message','channel':'boats'}");
        alice.expectExactly("{'type':'error','code':400,'reason':'missing_field','message':'text is missing'}");
        alice.send("hello?");
        alice.expectError(400);
        say(carol, "boats", "I am elsewhere");
        carol.expectError(403);
        TestClient stranger = server.connect("/boats?heartbeat=pong");
        stranger.say("who am I?");
        stranger.expectError(401);
        bob.expectNothing();
        say(alice, "boats", "none of them has closed anything");
        assertReceives(bob, "boats", "none of them has closed anything", "alice");
    }

    @Test
    void setTestModeAndResetSocketResetTheConnection() {
        register("alice", "bob");
        TestClient alice = loggedIn("alice", "boats");
        TestClient bob = loggedIn("bob", "boats");
        alice.send("{'type':'resetSocket'}");
        alice.expectError(403);
        alice.send("{'type':'setTestMode','value':true,'ref':'1'}");
        alice.expectExactly("{'type':'setTestMode','ref':'1'}");
        for (int i = 0; i < 10; i++) {
            say(alice, "boats", "burst");
            alice.expect("message");
            bob.expect("message");
        }
        say(alice, "boats", "one too many");
        alice.expectError(429);

        alice.send("{'type':'resetSocket','ref':'2'}");
        alice.expectExactly("{'type':'resetSocket','ref':'2'}");
        alice.say("as whom?");
        alice.expectError(401);
        say(bob, "boats", "she has left");
        assertReceives(bob, "boats", "she has left", "bob");
        bob.say("the URL's channel");
        assertReceives(bob, "", "the URL's channel", "bob");
        assertReceives(alice, "", "the URL's channel", "bob");

        auth(alice, "alice", PASSWORD, "boats");
        expectAuth(alice, "alice", "boats");
        for (int i = 0; i < 10; i++) {
            say(alice, "boats", "burst again");
            assertReceives(alice, "boats", "burst again", "alice");
        }
        say(alice, "boats", "one too many");
        alice.expectError(429);
    }

    @Test
    void setTestModeAndResetSocketAreRefusedWithoutTestMode() {
        server.close();
        server = TestServer.start();
        TestClient client = server.connectAs("alice", "/boats");
        client.send("{'type':'setTestMode','value':true}");
        client.expectError(403);
        client.send("{'type':'resetSocket'}");
        client.expectError(403);
        client.say("still alice");
        assertReceives(client, "", "still alice", "alice");
    }

    @Test
    void portAsAnArgumentOfTheStartCommandIsAVariableOfMakeRun() {
        String run = StartCommands.of("run", "PORT=9001");
        assertTrue(run.stripTrailing().endsWith("-jar target/weir.jar 9001"), run);
    }
}
