package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.routing.Access;
import chat.weir.http.routing.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The common behaviour of all routes: methods, headers, and rejected requests. */
class RefusalsTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    /** The path of the route with sample parameters. */
    private static String path(Route route) {
        return route.path()
                .replace("{id}", "fishing")
                .replace("{file}", "style.css")
                .replace("{version}", "0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.html",
                "/api",
                "/api/accounts/",
                "/api/accounts/you",
                "/api//accounts",
                "/API/accounts",
                "/api/%61ccounts",
                "/healthz/..",
                "/api/accounts/%2e%2e/accounts",
                "/api/channels/%2e%2e%2faccounts/me",
                "/healthz;x=1",
                "/favicon.ico"
            })
    void answers404AtUnknownPaths(String path) {
        assertTrue(api.get(path).send().problem(404).contains("/openapi.json"));
        api.call("OPTIONS", path).send().problem(404);
    }

    @Test
    void namesTheAllowedMethods() {
        Map<String, String> allowed = Map.of(
                "/api/accounts", "GET, HEAD, OPTIONS, POST",
                "/api/accounts/me", "DELETE, GET, HEAD, OPTIONS",
                "/api/sessions", "OPTIONS, POST",
                "/api/channels/fishing/messages", "GET, HEAD, OPTIONS, POST");
        allowed.forEach((path, methods) -> {
            for (String method : List.of("PATCH", "TRACE", "PROPFIND", "get")) {
                Answer refused = api.call(method, path).send();
                refused.problem(405);
                assertEquals(methods, refused.header("Allow"));
            }
            Answer options = api.call("OPTIONS", path).send().expect(204);
            assertEquals(methods, options.header("Allow"));
            assertEquals("", options.text());
        });
        api.call("HEAD", "/api/sessions").send().expect(405);
    }

    @Test
    void answersHeadLikeGetWithoutTheBody() {
        String token = api.admin("root");
        for (Route route : api.api().routes()) {
            if (route.method().equals("GET")) {
                String credential = route.access() == Access.OPERATOR ? TestApi.KEY : token;
                Answer get = api.get(path(route)).bearer(credential).send().expect(200);
                Answer head =
                        api.call("HEAD", path(route)).bearer(credential).send().expect(200);
                assertEquals("", head.text());
                Map<String, List<String>> headers =
                        new TreeMap<>(get.response().headers().map());
                headers.remove("date");
                Map<String, List<String>> ofHead =
                        new TreeMap<>(head.response().headers().map());
                ofHead.remove("date");
                if (route.path().equals("/metrics")) {
                    // The values differ between requests.
                    headers.remove("content-length");
                    ofHead.remove("content-length");
                }
                assertEquals(headers, ofHead);
            }
        }
    }

    @Test
    void sendsSecurityHeadersWithEveryResponse() {
        for (Answer answer : List.of(
                api.get("/healthz").send(),
                api.get("/nothing").send(),
                api.call("OPTIONS", "/api/accounts").send(),
                api.call("PATCH", "/api/accounts").send(),
                api.call("HEAD", "/nothing").send())) {
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            assertEquals("no-referrer", answer.header("Referrer-Policy"));
            assertEquals("default-src 'none'; frame-ancestors 'none'", answer.header("Content-Security-Policy"));
            assertEquals("no-store", answer.header("Cache-Control"));
        }
    }

    @Test
    void acceptsOnlyJson() {
        String credentials = TestApi.credentials("alice", TestApi.PASSWORD);
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonp",
                "application/json; charset=iso-8859-1",
                "application/problem+json")) {
            assertTrue(api.call("POST", "/api/accounts")
                    .body(type, credentials)
                    .send()
                    .problem(415)
                    .contains("application/json"));
        }
        api.call("POST", "/api/accounts").send().problem(415);
        api.call("POST", "/api/accounts")
                .body("Application/JSON ; Charset=\"UTF-8\"", credentials)
                .send()
                .expect(201);
    }

    @Test
    void refusesOverlongBodies() {
        String start = "{\"username\":\"alice\",\"password\":\"" + TestApi.PASSWORD + "\",\"x\":\"";
        String longest = start + "x".repeat(RequestBody.MAX_BYTES - start.length() - 2) + "\"}";
        assertTrue(api.call("POST", "/api/accounts")
                .json(longest + " ")
                .send()
                .problem(413)
                .contains("65536"));
        api.call("POST", "/api/accounts")
                .chunked((longest + " ").getBytes(StandardCharsets.UTF_8))
                .send()
                .problem(413);
        api.call("POST", "/api/accounts")
                .chunked(longest.getBytes(StandardCharsets.UTF_8))
                .send()
                .expect(201);
        api.call("GET", "/healthz").json(longest + " ").send().problem(413);
        api.call("GET", "/healthz").json(longest).send().expect(200);
    }

    @Test
    void explainsTheRefusalBeforeTheBodyIsComplete() {
        for (int i = 0; i < 5; i++) {
            api.call("POST", "/api/accounts").json("x".repeat(900_000)).send().problem(413);
            api.call("POST", "/api/accounts").chunked(new byte[900_000]).send().problem(413);
        }
    }

    @Test
    void refusesInvalidUtf8() {
        assertTrue(api.call("POST", "/api/accounts")
                .chunked(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})
                .send()
                .problem(400)
                .contains("UTF-8"));
        assertTrue(api.call("POST", "/api/accounts")
                .chunked("{\"username\":\"alice\"}".getBytes(StandardCharsets.UTF_16LE))
                .send()
                .problem(400)
                .contains("not JSON"));
    }
}
