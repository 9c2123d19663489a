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
 * The server conforms to the AsyncAPI document: it answers every client message with one of the documented replies, and
 * sends every documented message and no other.
 */
class AsyncApiConformanceTest {
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
    /** The replies to each message, except errors. */
    private final Map<String, Set<String>> answers = new HashMap<>();

    private TestClient root;
    private TestClient alice;
    private TestClient bob;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTheDocumentedMessagesAndNoOthers() {
        connectAndIdentify();
        chat();
        moderate();
        leave();
        assertEquals(DOCUMENT.messages(AsyncApi.CLIENT), sent);
        assertEquals(DOCUMENT.messages(AsyncApi.SERVER), received);
        sent.forEach(
                message -> assertTrue(answers.containsKey(message), message + " was never answered without an error"));
    }

    private void connectAndIdentify() {
        api.register("alice", PASSWORD);
        root = server.open("/fishing?heartbeat=pong&since=0").receivingPresence();
        ask(root, "{'type':'auth','username':'root','password':'" + PASSWORD + "'}");
        alice = server.open("/fishing?heartbeat=pong").receivingPresence();
        ask(alice, "{'type':'auth','token':'" + api.logIn("alice", PASSWORD) + "','room':'boats'}");
        bob = server.open("/fishing?heartbeat=pong").receivingPresence();
        ask(bob, "{'type':'identity','user':'alice'}");
        ask(bob, "{'type':'message','text':'too early'}");
        ask(bob, "{'type':'identity','user':'bob'}");
        server.advance(GRACE);
        readUntil(bob, "ServerHeartbeat");
        ask(bob, "{'type':'identity','user':'bobby'}");
        readUntil(alice, "ServerNotificationRenamed");
    }

    private void chat() {
        ask(bob, "{'type':'heartbeat'}");
        ask(bob, "{'type':'ping'}");
        ask(bob, "{'type':'typing'}");
        readUntil(alice, "ServerTyping");
        ask(bob, "{'type':'doneTyping'}");
        readUntil(alice, "ServerDoneTyping");
        JsonNode ack = ask(bob, "{'type':'message','text':'anything biting?'}");
        readUntil(alice, "ServerMessage");
        ask(alice, "{'type':'history'}");
        ask(alice, "{'type':'history','channel':'boats'}");
        read(ack.get("id").asLong());
        change(ack.get("id").asLong());
        ask(bob, "{'type':'delete','id':" + ack.get("id").asLong() + "}");
        readUntil(alice, "ServerDelete");
        ask(bob, "{'type':'delete','id':1}");
        ask(bob, "{'type':'join','channel':'boats'}");
        ask(bob, "{'type':'message','text':'ahoy','channel':'boats'}");
        ask(bob, "{'type':'users','channel':'boats'}");
        ask(bob, "{'type':'leave','channel':'boats'}");
        ask(bob, "{'type':'join','channel':'boats','since':0}");
        ask(bob, "{'type':'leave','channel':'boats'}");
        ask(bob, "{'type':'private','user':'alice'}");
        ask(alice, "{'type':'block','user':'bobby'}");
        ask(alice, "{'type':'unblock','user':'bobby'}");
    }

    private void read(long id) {
        TestClient second = server.open("/fishing?heartbeat=pong").receivingPresence();
        ask(second, "{'type':'auth','username':'alice','password':'" + PASSWORD + "'}");
        ask(bob, "{'type':'read','id':" + id + "}");
        ask(alice, "{'type':'read','id':" + id + "}");
        server.advance(Duration.ofSeconds(1));
        readUntil(second, "ServerRead");
    }

    private void change(long id) {
        ask(bob, "{'type':'message','text':'nothing','replyTo':" + id + "}");
        readUntil(alice, "ServerMessage");
        ask(bob, "{'type':'edit','id':" + id + ",'text':'anything biting today?'}");
        readUntil(alice, "ServerEdit");
        ask(bob, "{'type':'react','id':" + id + ",'emoji':'\uD83D\uDC4D'}");
        readUntil(alice, "ServerReact");
        ask(alice, "{'type':'history'}");
        ask(bob, "{'type':'unreact','id':" + id + ",'emoji':'\uD83D\uDC4D'}");
        readUntil(alice, "ServerUnreact");
        ask(alice, "{'type':'edit','id':" + id + ",'text':'not hers'}");
    }

    private void moderate() {
        ask(bob, "{'type':'kick','user':'alice'}");
        ask(root, "{'type':'mute','user':'bobby','duration':60,'reason':'noise'}");
        ask(bob, "{'type':'message','text':'muted?'}");
        ask(root, "{'type':'unmute','user':'bobby'}");
        ask(root, "{'type':'ban','user':'eve','channel':'*'}");
        ask(root, "{'type':'unban','user':'eve','channel':'*'}");
        ask(root, "{'type':'ban','user':'eve','duration':60}");
        readUntil(alice, "ServerBan");
        ask(root, "{'type':'unban','user':'eve'}");
        readUntil(alice, "ServerUnban");
        ask(root, "{'type':'role','user':'alice','role':'moderator'}");
        readUntil(alice, "ServerRole");
    }

    private void leave() {
        ask(root, "{'type':'kick','user':'bobby','reason':'noise'}");
        readUntil(alice, "ServerNotificationLeft");
        ask(alice, "{'type':'setTestMode','value':true}");
        ask(alice, "{'type':'resetSocket'}");
        ask(root, "{'type':'logout'}");
    }

    /** Sends an envelope, written with ' for ", and reads until its reply. */
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
        assertTrue(DOCUMENT.replies(message).contains(reply), message + " has the undocumented reply " + answer);
        if (!reply.equals("ServerError")) {
            answers.computeIfAbsent(message, name -> new TreeSet<>()).add(reply);
        }
        return answer;
    }

    private void readUntil(TestClient client, String message) {
        while (!name(read(client)).equals(message)) {
            // read() also checks the envelopes in between.
        }
    }

    private JsonNode read(TestClient client) {
        JsonNode envelope = client.next();
        received.add(name(envelope));
        return envelope;
    }

    private static String name(JsonNode envelope) {
        Set<String> names = DOCUMENT.fitting(AsyncApi.SERVER, envelope);
        assertEquals(1, names.size(), () -> "documented as " + names + ": " + envelope);
        return names.iterator().next();
    }
}
