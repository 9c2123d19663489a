package chat.weir.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestApi.Answer;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of the HTTP API document: each request gets the response that follows it in the document. */
class CurlExamplesTest {
    private static final String API_KEY = "a-key-of-a-weather-station";
    private static final String PASSWORD = "correct horse";

    private final TestServer server = TestServer.with("API_KEYS", API_KEY);
    private final TestApi api = new TestApi(server.port());
    private final DocumentedValues values = new DocumentedValues();
    private final List<String> blocks = Document.named("http-api.md").blocks();
    private final Iterator<String> curl = starting("$ curl").iterator();
    private String token = "";

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> starting(String text) {
        return blocks.stream().filter(block -> block.startsWith(text)).toList();
    }

    @Test
    void getTheDocumentedResponses() {
        Answer said = api.send(
                "POST",
                "/api/channels/fishing/messages",
                API_KEY,
                "{'text':'the water is 9 degrees','user':'weather'}");
        assertEquals(201, said.status(), said::toString);
        run(curl.next(), 4);

        TestClient alice = logIn("alice");
        alice.say("9? time to go");
        long last = alice.expect("message").get("id").asLong();
        connect(starting("$ npx wscat").get(0));

        alice.ask("'type':'read','id':" + last);
        writeToAlice();
        run(curl.next(), 1);
        alice.ask("'type':'block','user':'bob'");
        run(curl.next(), 2);
        run(curl.next(), 5);
        assertEquals(false, curl.hasNext());
    }

    private TestClient logIn(String name) {
        TestClient client = server.connect("/fishing?heartbeat=pong");
        client.ask("'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'");
        return client;
    }

    private void writeToAlice() {
        api.register("bob", PASSWORD);
        TestClient bob = logIn("bob");
        String chat = bob.ask("'type':'private','user':'alice'").get("channel").asString();
        for (String text : List.of("where?", "still there?", "wait for me")) {
            bob.ask("'type':'message','text':'" + text + "','channel':'" + chat + "'");
        }
    }

    /** Runs the commands of a block. */
    private void run(String block, int commands) {
        List<String> lines = block.lines().toList();
        assertEquals(2 * commands, lines.size());
        for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
            run(line.next(), line.next());
        }
    }

    private void run(String command, String documented) {
        CurlCommand request = CurlCommand.parse(values.actual(command).replace("$TOKEN", token));
        Answer answer = api.send(request.method(), request.path(), request.token(), request.body());
        if (request.printsStatus()) {
            assertEquals(documented, answer.body().toString() + answer.status(), command);
            return;
        }
        values.assertSame(documented, answer.body().toString(), command);
        if (answer.body().has("token")) {
            token = answer.body().get("token").asString();
            values.put(documented.replaceAll(".*\"token\":\"([^\"]*)\".*", "$1"), token);
        }
    }

    /** Replays a transcript of a client. */
    private void connect(String transcript) {
        List<String> lines = transcript.lines().toList();
        TestClient client = server.open(
                values.actual(lines.get(0).replaceFirst("^\\$ npx wscat -c \"ws://localhost:8080(\\S+)\"$", "$1")));
        for (String line : lines.subList(1, lines.size())) {
            String envelope = line.substring(2);
            if (line.startsWith("> ")) {
                client.sendText(values.actual(envelope));
            } else {
                values.assertSame(envelope, client.next().toString(), line);
            }
        }
    }
}
