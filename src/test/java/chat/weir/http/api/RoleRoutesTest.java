package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoleRoutesTest {
    private final TestApi api = TestApi.start();
    private final String admin = api.admin("root");

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer give(String token, String channel, String user, String role) {
        return api.call("PUT", "/api/channels/" + channel + "/roles/" + user)
                .bearer(token)
                .json("{\"role\":\"" + role + "\"}")
                .send();
    }

    private List<String> moderators(String channel, String token) {
        return api.get("/api/channels/" + channel + "/roles")
                .bearer(token)
                .send()
                .expect(200)
                .json()
                .get("moderators")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void grantsAndRevokesTheModeratorRole() {
        api.registered("Zoe");
        String bob = api.registered("bob");
        give(admin, "lakes%2Fnorth", "zoe", "moderator").expect(204);
        give(admin, "lakes%2Fnorth", "bob", "moderator").expect(204);
        assertEquals(List.of("bob", "Zoe"), moderators("lakes%2Fnorth", bob));
        assertEquals(List.of(), moderators("fishing", bob));
        give(admin, "lakes%2Fnorth", "zoe", "member").expect(204);
        assertEquals(List.of("bob"), moderators("lakes%2Fnorth", TestApi.KEY));
    }

    @Test
    void isIdempotent() {
        api.registered("bob");
        give(admin, "fishing", "bob", "member").expect(204);
        give(admin, "fishing", "bob", "moderator").expect(204);
        give(admin, "fishing", "bob", "moderator").expect(204);
        assertEquals(List.of("bob"), moderators("fishing", admin));
        JsonNode audit = api.get("/api/audit").bearer(admin).send().json().get("audit");
        assertEquals(1, audit.size());
    }

    @Test
    void requiresAnAdmin() {
        String bob = api.moderator("bob", "fishing", admin);
        String carol = api.registered("carol");
        assertTrue(give(bob, "fishing", "carol", "moderator").problem(403).contains("admin"));
        give(carol, "fishing", "bob", "member").problem(403);
        give(bob, "fishing", "bob", "member").problem(403);
        give(TestApi.KEY, "fishing", "carol", "moderator").problem(403);
        give(admin, "fishing", "root", "moderator").problem(403);
        api.call("PUT", "/api/channels/fishing/roles/carol")
                .json("{\"role\":\"moderator\"}")
                .send()
                .problem(401);
        assertEquals(List.of("bob"), moderators("fishing", carol));
    }

    @Test
    void explainsInvalidRoles() {
        api.registered("bob");
        give(admin, "fishing", "nobody", "moderator").problem(404);
        give(admin, "fishing", "no%20body", "moderator").problem(400);
        give(admin, "fishing", "bob", "admin").problem(400);
        give(admin, "fishing", "bob", "MODERATOR").problem(400);
        give(admin, "a%2F%2Fb", "bob", "moderator").problem(400);
        give(admin, "%40a-b", "bob", "moderator").problem(403);
        give(admin, "*", "bob", "moderator").problem(400);
        api.get("/api/channels/%40a-b/roles").bearer(admin).send().problem(403);
        assertEquals(List.of(), moderators("fishing", admin));
    }

    @Test
    void refusesTheListWithoutALogin() {
        api.get("/api/channels/fishing/roles").send().problem(401);
    }

    @Test
    void omitsDeletedAccounts() {
        String bob = api.moderator("bob", "fishing", admin);
        api.call("DELETE", "/api/accounts/me").bearer(bob).send().expect(204);
        assertEquals(List.of(), moderators("fishing", admin));
    }
}
