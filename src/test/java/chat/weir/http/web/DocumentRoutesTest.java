package chat.weir.http.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentRoutesTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void isAlive() {
        assertEquals(
                "{\"status\":\"ok\"}", api.get("/healthz").send().expect(200).text());
    }

    @Test
    void isReadyUnlessThereIsAProblem() {
        assertEquals(
                "{\"status\":\"ready\"}", api.get("/readyz").send().expect(200).text());
        api.ready(false);
        Answer answer = api.get("/readyz").send();
        assertEquals("the disk is full", answer.problem(503));
        assertEquals("1", answer.header("Retry-After"));
        api.get("/healthz").send().expect(200);
    }

    @Test
    void servesItsDocuments() {
        Answer http = api.get("/openapi.json").send().expect(200);
        assertEquals("3.1.0", http.get("openapi"));
        assertEquals("no-cache", http.header("Cache-Control"));
        Answer socket = api.get("/asyncapi.json").send().expect(200);
        assertEquals("3.0.0", socket.get("asyncapi"));
        assertEquals("no-cache", socket.header("Cache-Control"));
    }
}
