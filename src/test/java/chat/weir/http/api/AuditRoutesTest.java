package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.TestApi;
import chat.weir.http.routing.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AuditRoutesTest {
    private final TestApi api = TestApi.start();
    private final String admin = api.admin("root");
    private final String alice = api.moderator("alice", "fishing", admin);

    @AfterEach
    void stop() {
        api.close();
    }

    private void ban(String token, String channel, String more) {
        api.call("POST", "/api/bans")
                .bearer(token)
                .json("{\"user\":\"bob\",\"channel\":\"" + channel + "\"" + more + "}")
                .send()
                .expect(201);
    }

    private JsonNode audit(String token, String query) {
        return api.get("/api/audit" + query).bearer(token).send().expect(200).json();
    }

    private static List<Long> ids(JsonNode page) {
        return page.get("audit")
                .valueStream()
                .map(line -> line.get("id").asLong())
                .toList();
    }

    private static void assertLine(String json, JsonNode line) {
        assertEquals(
                Json.object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                        .object()
                        .toString(),
                line.toString());
    }

    @Test
    void listsAllFieldsOfAnAction() {
        api.time().advance(Duration.ofMinutes(1));
        ban(alice, "fishing", ",\"duration\":60,\"reason\":\"noise\"");
        api.call("DELETE", "/api/bans?user=bob&channel=fishing&reason=peace")
                .bearer(admin)
                .send()
                .expect(204);
        JsonNode lines = audit(admin, "").get("audit");
        assertEquals(3, lines.size());
        assertLine(
                "{'id':3,'when':'2026-01-01T00:01:00Z','by':'root','measure':'unban','user':'bob','account':false,"
                        + "'channel':'fishing','reason':'peace'}",
                lines.get(0));
        assertLine(
                "{'id':2,'when':'2026-01-01T00:01:00Z','by':'alice','measure':'ban','user':'bob','account':false,"
                        + "'channel':'fishing','reason':'noise','duration':60}",
                lines.get(1));
        assertLine(
                "{'id':1,'when':'2026-01-01T00:00:00Z','by':'root','measure':'role','user':'alice','account':true,"
                        + "'channel':'fishing','detail':'moderator'}",
                lines.get(2));
    }

    @Test
    void showsAllToAdminsAndOwnChannelsToModerators() {
        ban(alice, "fishing", "");
        ban(admin, "boats", "");
        ban(admin, "*", "");
        assertEquals(List.of(4L, 3L, 2L, 1L), ids(audit(admin, "")));
        assertEquals(List.of(3L), ids(audit(admin, "?channel=boats")));
        assertEquals(List.of(4L), ids(audit(admin, "?channel=*")));
        assertEquals(List.of(2L, 1L), ids(audit(alice, "")));
        assertEquals(List.of(2L, 1L), ids(audit(alice, "?channel=fishing")));
        for (String query : List.of("?channel=boats", "?channel=*", "?channel=%40a-b")) {
            api.get("/api/audit" + query).bearer(alice).send().problem(403);
        }
    }

    @Test
    void requiresAModeratorOrAdmin() {
        String bob = api.registered("bob");
        api.get("/api/audit").bearer(bob).send().problem(403);
        api.get("/api/audit?channel=fishing").bearer(bob).send().problem(403);
        api.get("/api/audit").bearer(TestApi.KEY).send().problem(403);
        api.get("/api/audit").send().problem(401);
        api.call("PUT", "/api/channels/fishing/roles/alice")
                .bearer(admin)
                .json("{\"role\":\"member\"}")
                .send()
                .expect(204);
        api.get("/api/audit").bearer(alice).send().problem(403);
    }

    @Test
    void pagesFromTheNewest() {
        for (int i = 0; i < 4; i++) {
            ban(alice, "fishing", "");
        }
        JsonNode first = audit(alice, "?limit=3");
        assertEquals(List.of(5L, 4L, 3L), ids(first));
        assertEquals(3, first.get("next").asLong());
        JsonNode second = audit(alice, "?limit=2&before=3");
        assertEquals(List.of(2L, 1L), ids(second));
        assertFalse(second.has("next"));
        assertTrue(audit(alice, "?limit=1&before=3").has("next"));
        api.get("/api/audit?limit=101").bearer(alice).send().problem(400);
        api.get("/api/audit?before=x").bearer(alice).send().problem(400);
    }
}
