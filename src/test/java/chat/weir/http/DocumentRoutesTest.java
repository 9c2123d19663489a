package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    void isReadyWhileTheDatabaseAnswers() {
        assertEquals(
                "{\"status\":\"ready\"}", api.get("/readyz").send().expect(200).text());
        api.ready(false);
        Answer answer = api.get("/readyz").send();
        answer.problem(503);
        assertEquals("1", answer.header("Retry-After"));
        api.get("/healthz").send().expect(200);
    }

    @Test
    void handsOutItsDocument() {
        Answer answer = api.get("/openapi.json").send().expect(200);
        assertEquals("3.1.0", answer.get("openapi"));
        assertEquals("no-cache", answer.header("Cache-Control"));
    }
}
