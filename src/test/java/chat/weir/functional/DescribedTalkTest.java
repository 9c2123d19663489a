package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.AsyncApi;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server does as the document says: every client message is answered by one of its replies, everything that comes
 * is one of the messages, and each of them does come.
 */
class DescribedTalkTest {
    private static final AsyncApi DOCUMENT = AsyncApi.read();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PASSWORD = "correct horse";
    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final String REF = "asked";

    private final TestServer server =
            TestServer.with("TEST_MODE", "true", "ADMIN_USERNAME", "root", "ADMIN_PASSWORD", PASSWORD);
    private final TestApi api = new TestApi(server.port());

    private final Set<String> sent = new TreeSet<>();
    private final Set<String> received = new TreeSet<>();
    /** What answered each message, errors aside. */
    private final Map<String, Set<String>> answers = new HashMap<>();

    private TestClient root;
    private TestClient alice;
    private TestClient bob;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isHeld() {
        arrive();
        talk();
        moderate();
        depart();
        assertEquals(DOCUMENT.messages(AsyncApi.CLIENT), sent);
        assertEquals(DOCUMENT.messages(AsyncApi.SERVER), received);
        sent.forEach(message -> assertTrue(answers.containsKey(message), message + " was never done"));
    }

    private void arrive() {
        api.register("alice", PASSWORD);
        root = server.open("/fishing?heartbeat=pong&since=0").seeingCompany();
        ask(root, "{'type':'auth','username':'root','password':'" + PASSWORD + "'}");
        alice = server.open("/fishing?heartbeat=pong").seeingCompany();
        ask(alice, "{'type':'auth','token':'" + api.logIn("alice", PASSWORD) + "','room':'boats'}");
        bob = server.open("/fishing?heartbeat=pong").seeingCompany();
        ask(bob, "{'type':'identity','user':'alice'}");
        ask(bob, "{'type':'message','text':'too early'}");
        ask(bob, "{'type':'identity','user':'bob'}");
        server.advance(GRACE);
        until(bob, "ServerHeartbeat");
        ask(bob, "{'type':'identity','user':'bobby'}");
        until(alice, "ServerNotificationRenamed");
    }

    private void talk() {
        ask(bob, "{'type':'heartbeat'}");
        ask(bob, "{'type':'ping'}");
        ask(bob, "{'type':'typing'}");
        until(alice, "ServerTyping");
        ask(bob, "{'type':'doneTyping'}");
        until(alice, "ServerDoneTyping");
        JsonNode ack = ask(bob, "{'type':'message','text':'anything biting?'}");
        until(alice, "ServerMessage");
        ask(alice, "{'type':'history'}");
        ask(alice, "{'type':'history','channel':'boats'}");
        ask(bob, "{'type':'delete','id':" + ack.get("id").asLong() + "}");
        until(alice, "ServerDelete");
        ask(bob, "{'type':'delete','id':1}");
        ask(bob, "{'type':'join','channel':'boats'}");
        ask(bob, "{'type':'message','text':'ahoy','channel':'boats'}");
        ask(bob, "{'type':'users','channel':'boats'}");
        ask(bob, "{'type':'leave','channel':'boats'}");
        ask(bob, "{'type':'private','user':'alice'}");
        ask(alice, "{'type':'block','user':'bobby'}");
        ask(alice, "{'type':'unblock','user':'bobby'}");
    }

    private void moderate() {
        ask(bob, "{'type':'kick','user':'alice'}");
        ask(root, "{'type':'mute','user':'bobby','duration':60,'reason':'noise'}");
        ask(bob, "{'type':'message','text':'muted?'}");
        ask(root, "{'type':'unmute','user':'bobby'}");
        ask(root, "{'type':'ban','user':'eve','channel':'*'}");
        ask(root, "{'type':'unban','user':'eve','channel':'*'}");
        ask(root, "{'type':'ban','user':'eve','duration':60}");
        until(alice, "ServerBan");
        ask(root, "{'type':'unban','user':'eve'}");
        until(alice, "ServerUnban");
        ask(root, "{'type':'role','user':'alice','role':'moderator'}");
        until(alice, "ServerRole");
    }

    private void depart() {
        ask(root, "{'type':'kick','user':'bobby','reason':'noise'}");
        until(alice, "ServerNotificationLeft");
        ask(alice, "{'type':'setTestMode','value':true}");
        ask(alice, "{'type':'resetSocket'}");
        ask(root, "{'type':'logout'}");
    }

    /** Sends an envelope, written with ' for ", and reads until its answer has come. */
    private JsonNode ask(TestClient client, String json) {
        ObjectNode envelope = JSON.readTree(json.replace('\'', '"')).asObject();
        envelope.put("ref", REF);
        Set<String> asked = DOCUMENT.fitting(AsyncApi.CLIENT, envelope);
        assertEquals(1, asked.size(), envelope::toString);
        String message = asked.iterator().next();
        sent.add(message);
        client.sendText(envelope.toString());
        JsonNode answer = read(client);
        while (!answer.path("ref").asString("").equals(REF)) {
            answer = read(client);
        }
        String reply = name(answer);
        assertTrue(DOCUMENT.replies(message).contains(reply), message + " was answered by " + answer);
        if (!reply.equals("ServerError")) {
            answers.computeIfAbsent(message, name -> new TreeSet<>()).add(reply);
        }
        return answer;
    }

    private void until(TestClient client, String message) {
        while (!name(read(client)).equals(message)) {
            // What comes before is looked at too.
        }
    }

    private JsonNode read(TestClient client) {
        JsonNode envelope = client.next();
        received.add(name(envelope));
        return envelope;
    }

    private static String name(JsonNode envelope) {
        Set<String> names = DOCUMENT.fitting(AsyncApi.SERVER, envelope);
        assertEquals(1, names.size(), () -> "described by " + names + ": " + envelope);
        return names.iterator().next();
    }
}
