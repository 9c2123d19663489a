package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.account.Account;
import chat.weir.account.ReadPosition;
import chat.weir.account.ReadPositions;
import chat.weir.http.routing.Access;
import chat.weir.http.routing.HttpReason;
import chat.weir.http.routing.Route;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Compares the OpenAPI document with the server. */
class OpenApiTest {
    private static final String PASSWORD_CHANGE =
            "{\"current\":\"" + TestApi.PASSWORD + "\",\"new\":\"another password\"}";
    private static final String SAYING = "{\"text\":\"hello\",\"user\":\"bob\",\"ref\":\"7\"}";

    /** Operations without error responses. */
    private static final Set<String> NEVER_FAIL = Set.of(
            "GET /healthz",
            "GET /openapi.json",
            "GET /asyncapi.json",
            "GET /grafana.json",
            "GET /",
            "GET /weir.js",
            "GET /static/{version}/weir.js",
            "GET /client.json");

    private final TestApi api = TestApi.start();
    private final OpenApi document =
            new OpenApi(api.get("/openapi.json").send().expect(200).json());

    @AfterEach
    void stop() {
        api.close();
    }

    /** Makes a call, and checks its response against the document. */
    private Answer check(String method, String path, Call call) {
        Answer answer = call.send();
        document.check(method, path, answer);
        return answer;
    }

    private Answer post(String path, String json) {
        return check("POST", path, api.call("POST", path).json(json));
    }

    @Test
    void describesExactlyTheRoutes() {
        Set<String> routes = api.api().routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(routes, document.operations());
    }

    @Test
    void describesTheAuthorization() {
        for (Route route : api.api().routes()) {
            JsonNode security = document.operation(route.method(), route.path()).get("security");
            Set<String> schemes = security.valueStream()
                    .flatMap(one -> one.propertyNames().stream())
                    .collect(Collectors.toSet());
            Set<String> expected = switch (route.access()) {
                case PUBLIC -> Set.of();
                case READER, AUTHENTICATED -> Set.of("login", "apiKey");
                case ACCOUNT -> Set.of("login");
                case BACKEND, OPERATOR -> Set.of("apiKey");
            };
            assertEquals(expected, schemes, route.path());
            boolean isOpenToStrangers =
                    security.isEmpty() || security.valueStream().anyMatch(JsonNode::isEmpty);
            assertEquals(Set.of(Access.PUBLIC, Access.READER).contains(route.access()), isOpenToStrangers);
        }
    }

    @Test
    void describesRequestBodies() {
        for (Route route : api.api().routes()) {
            JsonNode operation = document.operation(route.method(), route.path());
            assertEquals(route.takesJson(), operation.has("requestBody"), route.path());
        }
    }

    @Test
    void namesExactlyTheReasons() {
        List<String> reasons = Stream.concat(
                        Arrays.stream(ErrorReason.values()).map(ErrorReason::wireName),
                        Arrays.stream(HttpReason.values()).map(HttpReason::wireName))
                .toList();
        JsonNode described = api.get("/openapi.json").send().json().at("/components/schemas/ErrorReason");
        assertEquals(
                reasons,
                described.get("enum").valueStream().map(JsonNode::asString).toList());
    }

    @Test
    void hasValidExamples() {
        assertTrue(document.checkExamples() > 20);
    }

    @Test
    void matchesEveryResponse() {
        accountsAndSessions();
        channels();
        moderation();
        server();
        client();
        Set<String> called = document.seen().stream()
                .map(what -> what.substring(0, what.lastIndexOf(' ')))
                .collect(Collectors.toSet());
        assertEquals(document.operations(), new TreeSet<>(called));
        for (String operation : document.operations()) {
            assertTrue(seen(operation, "2"), operation + " never succeeded");
            if (!NEVER_FAIL.contains(operation)) {
                assertTrue(seen(operation, "4") || seen(operation, "5"), operation + " never failed");
            }
        }
    }

    private boolean seen(String operation, String status) {
        return document.seen().stream().anyMatch(what -> what.startsWith(operation + " " + status));
    }

    private void accountsAndSessions() {
        String credentials = TestApi.credentials("alice", TestApi.PASSWORD);
        post("/api/accounts", credentials).expect(201);
        post("/api/accounts", credentials).expect(409);
        post("/api/accounts", "{}").expect(400);
        post("/api/accounts", "x".repeat(70_000)).expect(413);
        check("POST", "/api/accounts", api.call("POST", "/api/accounts").body("text/plain", credentials))
                .expect(415);
        check(
                        "POST",
                        "/api/accounts",
                        api.call("POST", "/api/accounts").json(credentials).header("Origin", "https://evil.example"))
                .expect(403);
        String token = post("/api/sessions", credentials).expect(201).get("token");
        post("/api/sessions", TestApi.credentials("alice", "wrong password")).expect(401);
        api.registered("bob");
        String list = "/api/accounts";
        check("GET", list, api.get(list + "?limit=1").bearer(token)).expect(200);
        check("GET", list, api.get(list + "?limit=0").bearer(token)).expect(400);
        check("GET", list, api.get(list)).expect(401);
        String own = "/api/accounts/me";
        check("GET", own, api.get(own).bearer(token)).expect(200);
        check("GET", own, api.get(own)).expect(401);
        check("GET", own, api.get(own).bearer(TestApi.KEY)).expect(403);
        ownLists(own, token);
        String password = own + "/password";
        check("PUT", password, api.call("PUT", password).bearer(token).json(PASSWORD_CHANGE))
                .expect(204);
        check("PUT", password, api.call("PUT", password).bearer(token).json(PASSWORD_CHANGE))
                .expect(403);
        String current = "/api/sessions/current";
        check("DELETE", current, api.call("DELETE", current).bearer(token)).expect(204);
        check("DELETE", current, api.call("DELETE", current).bearer(token)).expect(401);
        String other = post("/api/sessions", TestApi.credentials("alice", "another password"))
                .expect(201)
                .get("token");
        wrongDeletion(own, other);
        check("DELETE", own, api.call("DELETE", own).bearer(other)).expect(204);
        check("DELETE", own, api.call("DELETE", own).bearer(other)).expect(401);
    }

    private void wrongDeletion(String own, String token) {
        check("DELETE", own, api.call("DELETE", own + "?messages=remove").bearer(token))
                .expect(400);
    }

    private void ownLists(String own, String token) {
        String blocks = own + "/blocks";
        api.blocks().add(account("alice").id(), account("bob").name());
        check("GET", blocks, api.get(blocks).bearer(token)).expect(200);
        check("GET", blocks, api.get(blocks)).expect(401);
        String channels = own + "/channels";
        read("boats");
        read("fishing");
        assertTrue(check("GET", channels, api.get(channels + "?limit=1").bearer(token))
                .expect(200)
                .json()
                .has("next"));
        check("GET", channels, api.get(channels + "?limit=101").bearer(token)).expect(400);
        check("GET", channels, api.get(channels)).expect(401);
    }

    private Account account(String name) {
        return api.accounts().find(UserName.parse(name).orElseThrow()).orElseThrow();
    }

    private void read(String channel) {
        Account alice = account("alice");
        api.readPositions()
                .advance(
                        new ReadPosition(alice.id(), new ChannelId(channel), 1),
                        new ReadPositions.Reader(alice.name(), reason -> {}));
    }

    private void channels() {
        String template = "/api/channels/{id}/messages";
        String path = "/api/channels/lakes%2Fnorth/messages";
        for (int i = 0; i < 2; i++) {
            check("POST", template, api.call("POST", path).bearer(TestApi.KEY).json(SAYING))
                    .expect(201);
        }
        check("POST", template, api.call("POST", path).json(SAYING)).expect(401);
        api.channels().failOnce(ChatException.tooMany("slowly", 1));
        check("POST", template, api.call("POST", path).bearer(TestApi.KEY).json(SAYING))
                .expect(429);
        api.channels().failOnce(new ChatException(ErrorReason.UNAVAILABLE, "away"));
        check("POST", template, api.call("POST", path).bearer(TestApi.KEY).json(SAYING))
                .expect(503);
        api.channels().failOnce(new IllegalStateException("a fault that the test wants"));
        check("POST", template, api.call("POST", path).bearer(TestApi.KEY).json(SAYING))
                .expect(500);
        Answer page = check("GET", template, api.get(path + "?limit=1")).expect(200);
        assertTrue(page.json().has("next"));
        assertFalse(check("GET", template, api.get(path)).expect(200).json().has("next"));
        check("GET", template, api.get(path + "?limit=101")).expect(400);
        changes();
        String users = "/api/channels/{id}/users";
        api.channels().addUser("alice");
        assertTrue(check("GET", users, api.get("/api/channels/fishing/users"))
                .expect(200)
                .json()
                .has("users"));
        check("GET", users, api.get("/api/channels/%40private/users")).expect(403);
        check("GET", template, api.get("/api/channels/%40private/messages")).expect(403);
        api.channels().connect("fishing", 3);
        assertTrue(check("GET", "/api/channels", api.get("/api/channels?limit=1"))
                .expect(200)
                .json()
                .has("next"));
        check("GET", "/api/channels", api.get("/api/channels?limit=201")).expect(400);
    }

    private void changes() {
        String template = "/api/channels/{id}/messages/{message}";
        String path = "/api/channels/fishing/messages/" + api.publish("fishing", "hello");
        String edit = "{\"text\":\"hello, all\"}";
        check("PATCH", template, api.call("PATCH", path).bearer(TestApi.KEY).json(edit))
                .expect(204);
        Answer page = check("GET", "/api/channels/{id}/messages", api.get("/api/channels/fishing/messages"));
        assertTrue(page.expect(200).json().at("/messages/0").has("edited"));
        check("PATCH", template, api.call("PATCH", path).bearer(TestApi.KEY).json("{}"))
                .expect(400);
        check("PATCH", template, api.call("PATCH", path).json(edit)).expect(401);
        check("DELETE", template, api.call("DELETE", path)).expect(401);
        check("DELETE", template, api.call("DELETE", path).bearer(TestApi.KEY)).expect(204);
        check("DELETE", template, api.call("DELETE", path).bearer(TestApi.KEY)).expect(404);
    }

    private void moderation() {
        String admin = api.admin("root");
        String carol = api.registered("carol");
        String roles = "/api/channels/{id}/roles";
        String role = roles + "/{user}";
        String giving = "/api/channels/fishing/roles/";
        String moderator = "{\"role\":\"moderator\"}";
        check("PUT", role, api.call("PUT", giving + "carol").bearer(admin).json(moderator))
                .expect(204);
        check("PUT", role, api.call("PUT", giving + "carol").bearer(carol).json(moderator))
                .expect(403);
        check("PUT", role, api.call("PUT", giving + "nobody").bearer(admin).json(moderator))
                .expect(404);
        check("PUT", role, api.call("PUT", giving + "carol").bearer(admin).json("{}"))
                .expect(400);
        check("GET", roles, api.get("/api/channels/fishing/roles").bearer(carol))
                .expect(200);
        check("GET", roles, api.get("/api/channels/fishing/roles")).expect(401);
        sanctions("/api/bans", admin, carol);
        sanctions("/api/mutes", admin, carol);
        String audit = "/api/audit";
        assertTrue(check("GET", audit, api.get(audit + "?limit=3").bearer(admin))
                .expect(200)
                .json()
                .has("next"));
        check("GET", audit, api.get(audit).bearer(carol)).expect(200);
        check("GET", audit, api.get(audit + "?channel=*").bearer(carol)).expect(403);
        check("GET", audit, api.get(audit + "?limit=0").bearer(carol)).expect(400);
        check("GET", audit, api.get(audit)).expect(401);
    }

    private void sanctions(String path, String admin, String moderator) {
        String put = "{\"user\":\"dave\",\"channel\":\"fishing\",\"duration\":60,\"reason\":\"noise\"}";
        check("POST", path, api.call("POST", path).bearer(moderator).json(put)).expect(201);
        check("POST", path, api.call("POST", path).bearer(admin).json("{\"user\":\"erin\",\"channel\":\"*\"}"))
                .expect(201);
        check("POST", path, api.call("POST", path).bearer(moderator).json("{\"user\":\"erin\",\"channel\":\"*\"}"))
                .expect(403);
        check("POST", path, api.call("POST", path).bearer(moderator).json("{}")).expect(400);
        check("POST", path, api.call("POST", path).json(put)).expect(401);
        assertTrue(check("GET", path, api.get(path + "?limit=1").bearer(admin))
                .expect(200)
                .json()
                .has("next"));
        check("GET", path, api.get(path + "?channel=boats").bearer(moderator)).expect(403);
        check("GET", path, api.get(path + "?before=x").bearer(moderator)).expect(400);
        check("GET", path, api.get(path)).expect(401);
        String lifting = path + "?user=dave&channel=fishing&reason=peace";
        check("DELETE", path, api.call("DELETE", lifting).bearer(moderator)).expect(204);
        check("DELETE", path, api.call("DELETE", lifting).bearer(moderator)).expect(404);
        check("DELETE", path, api.call("DELETE", path).bearer(moderator)).expect(400);
        check("DELETE", path, api.call("DELETE", path + "?user=erin&channel=*").bearer(moderator))
                .expect(403);
    }

    private void server() {
        for (String path : List.of("/healthz", "/readyz", "/openapi.json", "/asyncapi.json")) {
            check("GET", path, api.get(path)).expect(200);
        }
        check("GET", "/metrics", api.get("/metrics").bearer(TestApi.KEY)).expect(200);
        check("GET", "/metrics", api.get("/metrics")).expect(401);
        Answer dashboard =
                check("GET", "/grafana.json", api.get("/grafana.json")).expect(200);
        check("GET", "/grafana.json", api.get("/grafana.json").header("If-None-Match", dashboard.header("ETag")))
                .expect(304);
        api.ready(false);
        check("GET", "/readyz", api.get("/readyz")).expect(503);
    }

    private void client() {
        for (String path : List.of("/", "/weir.js", "/client.json")) {
            check("GET", path, api.get(path)).expect(200);
        }
        String part = "/web/{file}";
        Answer style = check("GET", part, api.get("/web/style.css")).expect(200);
        check("GET", part, api.get("/web/style.css").header("If-None-Match", style.header("ETag")))
                .expect(304);
        check("GET", part, api.get("/web/nothing.js")).expect(404);
        String lasting = "/static/{version}/web/{file}";
        check("GET", lasting, api.get("/static/0/web/style.css")).expect(200);
        check("GET", lasting, api.get("/static/0/web/nothing.js")).expect(404);
        check("GET", "/static/{version}/weir.js", api.get("/static/0/weir.js")).expect(200);
    }
}
