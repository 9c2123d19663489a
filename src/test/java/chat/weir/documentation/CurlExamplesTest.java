package chat.weir.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestApi.Answer;
import chat.weir.testing.TestServer;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The curl examples of the HTTP API document: each request gets the response that follows it in the document. */
class CurlExamplesTest {
    private static final Pattern CURL = Pattern.compile("\\$ curl localhost:8080(/\\S+)(?: -H '[^']*' -d '([^']*)')?");
    private static final String API_KEY = "a-key-of-a-weather-station";

    private final TestServer server = TestServer.with("API_KEYS", API_KEY);
    private final TestApi api = new TestApi(server.port());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void getTheDocumentedResponses() {
        Answer said = api.send(
                "POST",
                "/api/channels/fishing/messages",
                API_KEY,
                "{'text':'the water is 9 degrees','user':'weather'}");
        assertEquals(201, said.status(), said::toString);
        List<String> lines = Document.named("http-api.md").blocks().stream()
                .filter(block -> block.startsWith("$ curl"))
                .flatMap(String::lines)
                .toList();
        assertEquals(8, lines.size());
        for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
            String command = line.next();
            assertEquals(Example.comparable(line.next()), Example.comparable(response(command)), command);
        }
    }

    private String response(String command) {
        Matcher curl = CURL.matcher(command);
        if (!curl.matches()) {
            throw new AssertionError("not understood: " + command);
        }
        String body = curl.group(2);
        return api.send(body == null ? "GET" : "POST", curl.group(1), null, body)
                .body()
                .toString();
    }
}
