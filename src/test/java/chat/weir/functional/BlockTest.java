package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 7 of the protocol: blocking users. */
class BlockTest {
    private static final String PASSWORD = "correct horse";

    private final TestServer server = TestServer.with("MESSAGE_RATE", "0");

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient account(String name) {
        new TestApi(server.port()).register(name, PASSWORD);
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.send("{'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'}");
        client.await("auth");
        return client;
    }

    private static void block(TestClient client, String type, String user) {
        assertEquals(
                type,
                client.ask("'type':'" + type + "','user':'" + user + "'")
                        .get("type")
                        .asString());
    }

    private static void assertReceives(TestClient client, String text) {
        assertEquals(text, client.await("message").get("text").asString());
    }

    @Test
    void hidesMessagesAndTypingOfABlockedUser() {
        TestClient bob = server.connectAs("bob", "/fishing");
        TestClient carol = server.connectAs("carol", "/fishing");
        TestClient alice = server.connectAs("alice", "/fishing");
        block(alice, "block", "BOB");
        bob.say("one");
        assertReceives(bob, "one");
        assertReceives(carol, "one");
        carol.say("two");
        assertReceives(alice, "two");
        alice.send("{'type':'history'}");
        assertEquals(1, alice.await("history").get("messages").size());
        alice.receivingPresence();
        bob.send("{'type':'typing'}");
        bob.send("{'type':'doneTyping','ref':'d'}");
        bob.expect("message");
        bob.expectExactly("{'type':'doneTyping','ref':'d'}");
        alice.send("{'type':'private','user':'carol'}");
        alice.expect("private");
        block(alice, "unblock", "bob");
        bob.say("three");
        assertReceives(bob, "three");
        assertEquals("three", awaitMessage(alice));
    }

    private static String awaitMessage(TestClient client) {
        JsonNode envelope = client.next();
        while (!envelope.get("type").asString().equals("message")) {
            assertFalse(envelope.get("type").asString().equals("typing"), envelope::toString);
            envelope = client.next();
        }
        return envelope.get("text").asString();
    }

    @Test
    void hidesABlockedUserInOtherChannelsAndPrivateChats() {
        TestClient bob = server.connectAs("bob", "/boats");
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.send("{'type':'join','channel':'boats'}");
        alice.await("connection");
        block(alice, "block", "bob");
        alice.send("{'type':'join','channel':'lakes'}");
        alice.await("connection");
        bob.send("{'type':'join','channel':'lakes'}");
        bob.await("connection");
        bob.send("{'type':'message','text':'in lakes','channel':'lakes'}");
        bob.await("message");
        bob.say("in boats");
        assertReceives(bob, "in boats");
        bob.send("{'type':'private','user':'alice'}");
        bob.await("private");
        alice.expectNothing();
    }

    @Test
    void keepsTheBlocksOfAnAccount() {
        TestClient alice = account("alice");
        TestClient second = account("alice");
        TestClient bob = server.connectAs("bob", "/fishing");
        block(alice, "block", "bob");
        block(alice, "block", "bob");
        bob.say("one");
        assertReceives(bob, "one");
        second.await("heartbeat");
        second.expectNothing();
        TestClient third = account("alice");
        bob.say("two");
        assertReceives(bob, "two");
        third.expectNothing();
        block(third, "unblock", "bob");
        bob.say("three");
        assertReceives(third, "three");
        assertReceives(second, "three");
        second.send("{'type':'logout'}");
        second.await("logout");
    }

    @Test
    void keepsAGuestsBlocksAfterTheLoginUntilTheyAreLifted() {
        new TestApi(server.port()).register("alice", PASSWORD);
        TestClient second = account("anna");
        TestClient bob = server.connectAs("bob", "/fishing");
        server.connectAs("carol", "/fishing");
        TestClient alice = server.connectAs("al", "/fishing");
        block(alice, "block", "bob");
        alice.send("{'type':'auth','username':'alice','password':'" + PASSWORD + "'}");
        alice.await("auth");
        block(alice, "block", "carol");
        bob.say("in vain");
        assertReceives(second, "in vain");
        block(alice, "unblock", "bob");
        bob.say("again");
        assertReceives(alice, "again");
    }

    @Test
    void keepsTheBlocksOfASilentAccount() {
        server.connectAs("bob", "/fishing");
        account("alice");
        TestClient alice = server.connect("/fishing");
        alice.send("{'type':'auth','username':'alice','password':'" + PASSWORD + "'}");
        alice.await("auth");
        block(alice, "block", "bob");
        server.advance(Duration.ofMinutes(11));
        TestClient bob = server.connectAs("bob", "/fishing");
        bob.say("in vain");
        bob.await("message");
        TestClient carol = server.connectAs("carol", "/fishing");
        carol.say("to all");
        carol.await("message");
        assertEquals("to all", awaitMessage(alice));
    }

    @Test
    void removesBlocksAtTheLogout() {
        TestClient bob = server.connectAs("bob", "/fishing");
        TestClient alice = server.connectAs("alice", "/fishing");
        block(alice, "block", "bob");
        alice.send("{'type':'logout'}");
        alice.await("logout");
        bob.say("one");
        assertReceives(alice, "one");
    }

    @Test
    void refusesInvalidBlocks() {
        TestClient alice = server.connectAs("alice", "/fishing");
        alice.send("{'type':'block','user':'alice'}");
        alice.expectError(403);
        alice.send("{'type':'block','user':'nobody'}");
        alice.expectError(404);
        alice.send("{'type':'block','user':'no name'}");
        alice.expectError(404);
        alice.send("{'type':'block'}");
        alice.expectError(400);
        alice.send("{'type':'unblock','user':'bob'}");
        alice.expectError(404);
        TestClient nobody = server.connect("/fishing");
        nobody.send("{'type':'block','user':'alice'}");
        nobody.expectError(401);
    }
}
