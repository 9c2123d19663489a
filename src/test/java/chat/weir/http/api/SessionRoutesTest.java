package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionRoutesTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer logIn(String username, String password) {
        return api.call("POST", "/api/sessions")
                .json(TestApi.credentials(username, password))
                .send();
    }

    @Test
    void logsIn() {
        api.registered("alice");
        Answer answer = logIn("ALICE", TestApi.PASSWORD).expect(201);
        assertEquals("alice", answer.get("user"));
        assertEquals("2026-01-31T00:00:00Z", answer.get("expires"));
        assertTrue(answer.get("token").matches("[A-Za-z0-9_-]{43}"));
        assertEquals("no-store", answer.header("Cache-Control"));
        api.get("/api/accounts/me").bearer(answer.get("token")).send().expect(200);
    }

    @Test
    void acceptsTheAuthorizationSchemeInAnyCase() {
        String token = api.registered("alice");
        api.get("/api/accounts/me")
                .header("Authorization", "bearer  " + token)
                .send()
                .expect(200);
        api.get("/api/accounts/me")
                .header("Authorization", "Basic " + token)
                .send()
                .problem(401);
        api.get("/api/accounts/me").header("Authorization", token).send().problem(401);
    }

    @Test
    void answersAnUnknownNameLikeAWrongPassword() {
        api.registered("alice");
        String wrong = logIn("alice", "wrong password").problem(401);
        assertEquals(wrong, logIn("nobody", TestApi.PASSWORD).problem(401));
        assertEquals("Bearer", logIn("nobody", TestApi.PASSWORD).header("WWW-Authenticate"));
    }

    @Test
    void logsOut() {
        String token = api.registered("alice");
        String other = logIn("alice", TestApi.PASSWORD).get("token");
        api.call("DELETE", "/api/sessions/current").bearer(token).send().expect(204);
        api.call("DELETE", "/api/sessions/current").bearer(token).send().problem(401);
        api.get("/api/accounts/me").bearer(other).send().expect(200);
    }

    @Test
    void refusesExpiredTokens() {
        String token = api.registered("alice");
        api.time().advance(Duration.ofDays(31));
        api.get("/api/accounts/me").bearer(token).send().problem(401);
    }

    @Test
    void reportsThatTheDatabaseIsUnavailable() {
        String token = api.registered("alice");
        api.closeDatabase();
        Answer answer = api.get("/api/accounts/me").bearer(token).send();
        answer.problem(503);
        assertEquals("1", answer.header("Retry-After"));
    }
}
