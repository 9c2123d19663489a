package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Section 3 of the protocol: editing messages, reacting to them, and replying to them. */
class MessageChangesTest {
    private static final String THUMB = "\uD83D\uDC4D";
    private static final String HEART = "\u2764\uFE0F";
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path directory;

    private TestServer server =
            TestServer.with("MESSAGE_RATE", "0", "ADMIN_USERNAME", "root", "ADMIN_PASSWORD", PASSWORD);
    private TestClient bob;

    @AfterEach
    void stop() {
        server.close();
    }

    private TestClient connect(String name) {
        return server.connectAs(name, "/fishing");
    }

    private TestClient admin() {
        TestClient root = server.connect("/fishing?heartbeat=pong");
        assertEquals(
                200,
                root.ask("'type':'auth','username':'root','password':'" + PASSWORD + "'")
                        .get("code")
                        .asInt());
        return root;
    }

    /** Sends a message as bob. @return its id */
    private long say(String text) {
        bob = bob == null ? connect("bob") : bob;
        bob.say(text);
        return bob.expect("message").get("id").asLong();
    }

    private static JsonNode history(TestClient client) {
        return client.ask("'type':'history'").get("messages");
    }

    private static String edit(long id, String text) {
        return "{'type':'edit','id':" + id + ",'text':'" + text + "'}";
    }

    private static String react(String type, long id, String emoji) {
        return "{'type':'" + type + "','id':" + id + ",'emoji':'" + emoji + "'}";
    }

    private void useDatabase() {
        server.close();
        server = TestServer.with("MESSAGE_RATE", "0", "DATABASE_URL", "jdbc:sqlite:" + directory.resolve("weir.db"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void editsForTheAuthorAndNotifiesTheChannel(boolean isStored) {
        if (isStored) {
            useDatabase();
        }
        long id = say("helo");
        TestClient alice = connect("alice");
        bob.send("{'type':'edit','id':" + id + ",'text':'hello','ref':'e'}");
        JsonNode edited = alice.expect("edit");
        assertTrue(edited.get("seq").asLong() > id);
        String told = "{'type':'edit','id':" + id + ",'text':'hello','user':'bob','timestamp':"
                + edited.get("timestamp").asLong() + "}";
        assertEquals(edited.get("seq").asLong(), bob.expectChange(told));
        bob.expectExactly("{'type':'edit','ref':'e'}");
        JsonNode message = history(alice).get(0);
        assertEquals("hello", message.get("text").asString());
        assertEquals(edited.get("timestamp").asLong(), message.get("edited").asLong());
        assertEquals(id, message.get("id").asLong());
    }

    @Test
    void confirmsAnEditToTheSameTextWithoutNotifyingTheChannel() {
        long id = say("hello");
        assertEquals(
                "{\"type\":\"edit\",\"ref\":\"asked\"}",
                bob.ask("'type':'edit','id':" + id + ",'text':'hello'").toString());
        assertFalse(history(bob).get(0).has("edited"));
    }

    @Test
    void refusesEditsByOthers() {
        long id = say("hello");
        TestClient alice = connect("alice");
        alice.send(edit(id, "forged"));
        assertEquals("not_author", alice.expectError(403).get("reason").asString());
        TestClient root = admin();
        root.send(edit(id, "forged"));
        assertEquals("not_author", root.expectError(403).get("reason").asString());
        TestClient nobody = server.connect("/fishing?heartbeat=pong");
        nobody.send(edit(id, "forged"));
        nobody.expectError(401);
        assertEquals("hello", history(alice).get(0).get("text").asString());
    }

    @Test
    void refusesEditsByALaterGuestOfTheSameName() {
        long id = say("hello");
        bob.close();
        Awaitility.await().until(() -> server.weirServer().connectionCount() == 0);
        server.advance(Duration.ofSeconds(1));
        TestClient other = connect("bob");
        other.send(edit(id, "forged"));
        other.expectError(403);
    }

    @Test
    void editsForAGuestWhoResumedTheirName() {
        TestClient first = server.connect("/fishing?heartbeat=pong");
        first.send("{'type':'identity','user':'bob'}");
        String secret = first.await("identity").get("resume").asString();
        server.advance(Duration.ofSeconds(6));
        first.await("heartbeat");
        first.say("hello");
        long id = first.await("message").get("id").asLong();
        first.close();
        TestClient again = server.connect("/fishing?heartbeat=pong");
        again.send("{'type':'identity','user':'bob','resume':'" + secret + "'}");
        again.await("identity");
        again.send(edit(id, "hello again"));
        assertEquals("hello again", again.await("edit").get("text").asString());
    }

    @Test
    void checksTheTextOfAnEditLikeThatOfAMessage() {
        long id = say("hello");
        bob.send(edit(id, " "));
        assertEquals("empty_text", bob.expectError(400).get("reason").asString());
        bob.send(edit(id, "x".repeat(4_097)));
        bob.expectError(413);
    }

    /** A reaction that changes nothing is confirmed only. */
    private static void assertConfirmed(TestClient client, String type, long id) {
        JsonNode reply = client.ask("'type':'" + type + "','id':" + id + ",'emoji':'" + THUMB + "'");
        assertEquals(type, reply.get("type").asString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reactsAndTakesReactionsBack(boolean isStored) {
        if (isStored) {
            useDatabase();
        }
        long id = say("hello");
        TestClient alice = connect("alice");
        alice.send(react("react", id, THUMB).replace("}", ",'ref':'r'}"));
        String told = "{'type':'react','id':" + id + ",'emoji':'" + THUMB + "','user':'alice'}";
        long seq = bob.expectChange(told);
        assertTrue(seq > id);
        assertEquals(seq, alice.expectChange(told));
        alice.expectExactly("{'type':'react','ref':'r'}");
        bob.send(react("react", id, THUMB));
        alice.expect("react");
        bob.expect("react");
        bob.send(react("react", id, HEART));
        bob.expect("react");
        alice.expect("react");
        assertEquals(
                "{\"" + THUMB + "\":[\"alice\",\"bob\"],\"" + HEART + "\":[\"bob\"]}",
                history(bob).get(0).get("reactions").toString());
        assertConfirmed(alice, "react", id);
        bob.expectNothing();
        alice.send(react("unreact", id, THUMB));
        assertTrue(alice.expectChange(told.replace("react", "unreact")) > seq);
        bob.expect("unreact");
        assertConfirmed(alice, "unreact", id);
        bob.expectNothing();
        bob.send(react("unreact", id, THUMB));
        bob.expect("unreact");
        assertEquals(
                "{\"" + HEART + "\":[\"bob\"]}",
                history(bob).get(0).get("reactions").toString());
    }

    @Test
    void refusesWhatIsNotOneEmoji() {
        long id = say("hello");
        for (String emoji : new String[] {"", "+1", THUMB + THUMB, "\uD83C\uDDE9", "\u2764"}) {
            for (String type : new String[] {"react", "unreact"}) {
                bob.send(react(type, id, emoji));
                assertEquals("invalid_value", bob.expectError(400).get("reason").asString(), emoji);
            }
        }
    }

    @Test
    void refusesMoreThanTwentyEmojisOnAMessage() {
        long id = say("hello");
        for (int i = 0; i < 20; i++) {
            bob.send(react("react", id, Character.toString(0x1F600 + i)));
            bob.expect("react");
        }
        bob.send(react("react", id, THUMB));
        assertEquals("store_full", bob.expectError(409).get("reason").asString());
        assertEquals(20, history(bob).get(0).get("reactions").size());
    }

    @Test
    void refusesChangesByMutedUsersExceptDeletions() {
        long id = say("hello");
        TestClient root = admin();
        root.send("{'type':'mute','user':'bob'}");
        bob.expect("mute");
        for (String change : new String[] {edit(id, "new"), react("react", id, THUMB), react("unreact", id, THUMB)}) {
            bob.send(change);
            assertEquals("muted", bob.expectError(403).get("reason").asString());
        }
        bob.send("{'type':'delete','id':" + id + "}");
        bob.expect("delete");
    }

    @Test
    void limitsTheRateOfChanges() {
        server.close();
        server = TestServer.with("MESSAGE_RATE", "2");
        long id = say("hello");
        for (int i = 0; i < 4; i++) {
            bob.send(edit(id, "text " + i));
            bob.expect("edit");
        }
        bob.send(edit(id, "one too many"));
        bob.expectError(429);
        for (String type : new String[] {"react", "unreact"}) {
            bob.send(react(type, id, THUMB));
            bob.expectError(429);
        }
    }

    @Test
    void deletesAMessageWithItsReactions() {
        long id = say("hello");
        bob.send(react("react", id, THUMB));
        bob.expect("react");
        bob.send("{'type':'delete','id':" + id + "}");
        bob.expect("delete");
        assertEquals(0, history(bob).size());
        bob.send(react("react", id, THUMB));
        assertEquals("no_such_message", bob.expectError(404).get("reason").asString());
        bob.send(edit(id, "new"));
        bob.expectError(404);
    }

    @Test
    void storesNoReactionsToADeletedMessage() throws SQLException {
        useDatabase();
        long id = say("hello");
        bob.send(react("react", id, THUMB));
        bob.expect("react");
        bob.send("{'type':'delete','id':" + id + "}");
        bob.expect("delete");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("weir.db"));
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM reaction")) {
            assertEquals(0, rows.getInt(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void repliesToAMessage(boolean isStored) {
        if (isStored) {
            useDatabase();
        }
        long id = say("anything biting?");
        TestClient alice = connect("alice");
        alice.send("{'type':'message','text':'nothing','replyTo':" + id + ",'ref':'7'}");
        assertEquals(id, bob.expect("message").get("replyTo").asLong());
        assertEquals(id, alice.expect("message").get("replyTo").asLong());
        alice.expect("ack");
        assertFalse(history(bob).get(0).has("replyTo"));
        assertEquals(id, history(bob).get(1).get("replyTo").asLong());
        alice.send("{'type':'message','text':'to nothing','replyTo':7,'ref':'8'}");
        JsonNode error = alice.expectError(404);
        assertEquals("no_such_message", error.get("reason").asString());
        assertEquals("8", error.get("ref").asString());
        bob.send("{'type':'delete','id':" + id + "}");
        bob.expect("delete");
        assertEquals(id, history(bob).get(0).get("replyTo").asLong(), "the reply stays");
        TestClient back = server.open("/fishing?since=" + id);
        back.expect("connection");
        assertEquals(id, back.expect("message").get("replyTo").asLong(), "also in a replay");
    }

    @Test
    void hidesTheChangesOfBlockedUsers() {
        long id = say("hello");
        TestClient alice = connect("alice");
        assertEquals(
                "block", alice.ask("'type':'block','user':'bob'").get("type").asString());
        TestClient carl = connect("carl");
        carl.say("and me");
        long other = carl.expect("message").get("id").asLong();
        bob.ask("'type':'react','id':" + other + ",'emoji':'" + THUMB + "'");
        bob.ask("'type':'edit','id':" + id + ",'text':'new'");
        carl.ask("'type':'react','id':" + other + ",'emoji':'" + THUMB + "'");
        bob.ask("'type':'delete','id':" + id);
        alice.expect("message");
        assertEquals("carl", alice.expect("react").get("user").asString());
        assertEquals("bob", alice.expect("delete").get("user").asString());
        assertEquals(
                "{\"" + THUMB + "\":[\"carl\"]}",
                history(alice).get(0).get("reactions").toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replaysMissedChangesInOrder(boolean isStored) {
        if (isStored) {
            useDatabase();
        }
        long first = say("one");
        long second = say("two");
        bob.send(react("react", first, THUMB));
        long reaction = bob.expect("react").get("seq").asLong();
        bob.send(edit(second, "draft"));
        long draft = bob.expect("edit").get("seq").asLong();
        say("three");
        bob.send(edit(second, "final"));
        long last = bob.expect("edit").get("seq").asLong();
        TestClient back = server.open("/fishing?since=" + first);
        back.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        assertEquals("final", back.await("message").get("text").asString(), "with its current text");
        assertEquals(reaction, back.expect("react").get("seq").asLong());
        JsonNode replayed = back.expect("edit");
        assertEquals(draft, replayed.get("seq").asLong());
        assertEquals("final", replayed.get("text").asString());
        assertEquals("three", back.expect("message").get("text").asString());
        assertEquals(last, back.expect("edit").get("seq").asLong());
        TestClient other = server.open("/fishing?since=" + draft);
        other.expectExactly("{'type':'connection','id':'fishing','recovered':'true'}");
        assertEquals("three", other.expect("message").get("text").asString());
        assertEquals(last, other.expect("edit").get("seq").asLong());
        other.expectNothing();
    }

    @Test
    void changesMessagesOfJoinedChannels() {
        bob = connect("bob");
        bob.ask("'type':'join','channel':'boats'");
        long id = bob.ask("'type':'message','text':'ahoy','channel':'boats'")
                .get("id")
                .asLong();
        bob.send("{'type':'edit','id':" + id + ",'text':'ahoy!','channel':'boats'}");
        assertEquals("boats", bob.expect("edit").get("channel").asString());
        bob.send("{'type':'react','id':" + id + ",'emoji':'" + THUMB + "','channel':'boats'}");
        assertEquals("boats", bob.expect("react").get("channel").asString());
        bob.send(react("react", id, THUMB));
        bob.expectError(404);
        bob.send("{'type':'react','id':" + id + ",'emoji':'" + THUMB + "','channel':'lakes'}");
        assertEquals("not_member", bob.expectError(403).get("reason").asString());
    }
}
