package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CorsTest {
    private static final String PAGE = "https://chat.example";

    private static Answer preflight(TestApi api, String origin) {
        return api.call("OPTIONS", "/api/accounts/me/password")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization, content-type")
                .send()
                .expect(204);
    }

    private static Answer logIn(TestApi api, String origin) {
        return api.call("POST", "/api/sessions")
                .header("Origin", origin)
                .json(TestApi.credentials("alice", TestApi.PASSWORD))
                .send();
    }

    @Test
    void allowsRequestsOfAllowedOrigins() {
        try (TestApi api = TestApi.allowing(PAGE)) {
            api.registered("alice");
            Answer preflight = preflight(api, PAGE);
            assertEquals(PAGE, preflight.header("Access-Control-Allow-Origin"));
            assertEquals("OPTIONS, PUT", preflight.header("Access-Control-Allow-Methods"));
            assertEquals("Authorization, Content-Type", preflight.header("Access-Control-Allow-Headers"));
            assertEquals("600", preflight.header("Access-Control-Max-Age"));
            assertEquals("Origin", preflight.header("Vary"));
            assertEquals(PAGE, logIn(api, PAGE).expect(201).header("Access-Control-Allow-Origin"));
            Answer refused = api.get("/api/accounts/me").header("Origin", PAGE).send();
            refused.problem(401);
            assertEquals(PAGE, refused.header("Access-Control-Allow-Origin"));
        }
    }

    @Test
    void refusesChangesByOtherOrigins() {
        try (TestApi api = TestApi.allowing(PAGE)) {
            String token = api.registered("alice");
            for (String origin :
                    new String[] {"https://evil.example", "null", PAGE + ".evil.example", "http:/x\u00e4"}) {
                assertEquals("", preflight(api, origin).header("Access-Control-Allow-Methods"));
                assertTrue(logIn(api, origin).problem(403).contains("origin"));
                api.call("DELETE", "/api/accounts/me")
                        .bearer(token)
                        .header("Origin", origin)
                        .send()
                        .problem(403);
                Answer read =
                        api.get("/api/channels").header("Origin", origin).send().expect(200);
                assertEquals("", read.header("Access-Control-Allow-Origin"));
                assertEquals("Origin", read.header("Vary"));
            }
            api.get("/api/accounts/me").bearer(token).send().expect(200);
        }
    }

    @Test
    void allowsTheSameHostOnAnyPort() {
        try (TestApi api = TestApi.start()) {
            api.registered("alice");
            String page = "http://127.0.0.1:8080";
            assertEquals(page, preflight(api, page).header("Access-Control-Allow-Origin"));
            logIn(api, page).expect(201);
            logIn(api, PAGE).problem(403);
        }
    }
}
