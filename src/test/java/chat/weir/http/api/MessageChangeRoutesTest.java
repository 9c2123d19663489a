package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.weir.history.LogEvent;
import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import chat.weir.protocol.ChannelId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MessageChangeRoutesTest {
    private static final String EDIT = "{\"text\":\"new\"}";
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer edit(String channel, Object id, String token) {
        return api.call("PATCH", path(channel, id)).bearer(token).json(EDIT).send();
    }

    private Answer delete(String channel, Object id, String token) {
        return api.call("DELETE", path(channel, id)).bearer(token).send();
    }

    private static String path(String channel, Object id) {
        return "/api/channels/" + channel + "/messages/" + id;
    }

    private JsonNode messages() {
        return api.get("/api/channels/fishing/messages")
                .send()
                .expect(200)
                .json()
                .get("messages");
    }

    @Test
    void editsAndDeletesForTheAccountThatWroteTheMessage() {
        String alice = api.registered("alice");
        long id = api.publishAs("alice", "fishing", "old");
        assertFalse(messages().get(0).has("edited"));
        edit("fishing", id, alice).expect(204);
        assertEquals("new", messages().get(0).get("text").asString());
        assertEquals(true, messages().get(0).has("edited"));
        delete("fishing", id, alice).expect(204);
        assertEquals(0, messages().size());
        assertEquals(
                "no_such_message",
                delete("fishing", id, alice).expect(404).json().get("reason").asString());
        edit("fishing", id, alice).expect(404);
    }

    @Test
    void refusesChangesByOthers() {
        api.registered("alice");
        String bob = api.registered("bob");
        long id = api.publishAs("alice", "fishing", "old");
        // Published by a backend under the name of the account.
        long other = api.publish("fishing", "old");
        for (long message : new long[] {id, other}) {
            assertEquals(
                    "not_author",
                    edit("fishing", message, bob)
                            .expect(403)
                            .json()
                            .get("reason")
                            .asString());
            assertEquals(
                    "not_author",
                    delete("fishing", message, bob)
                            .expect(403)
                            .json()
                            .get("reason")
                            .asString());
        }
        assertEquals(
                "not_author",
                edit("fishing", id, TestApi.KEY)
                        .expect(403)
                        .json()
                        .get("reason")
                        .asString());
        assertEquals(
                "not_author",
                delete("fishing", id, TestApi.KEY)
                        .expect(403)
                        .json()
                        .get("reason")
                        .asString());
        assertEquals(2, messages().size());
    }

    @Test
    void editsAndDeletesTheMessagesOfBackendsWithAnApiKey() {
        long id = api.publish("fishing", "old");
        edit("fishing", id, TestApi.KEY).expect(204);
        assertEquals("new", messages().get(0).get("text").asString());
        delete("fishing", id, TestApi.KEY).expect(204);
        assertEquals(0, messages().size());
    }

    @Test
    void deletesButDoesNotEditForModerators() {
        String root = api.admin("root");
        String moderator = api.moderator("carol", "fishing", root);
        api.registered("alice");
        long id = api.publishAs("alice", "fishing", "old");
        edit("fishing", id, moderator).expect(403);
        delete("fishing", id, moderator).expect(204);
        LogEvent deletion =
                api.log().since(new ChannelId("fishing"), id, 10).orElseThrow().get(0);
        assertEquals("carol", deletion.author().name().value());
        long ofAdmin = api.publishAs("root", "fishing", "old");
        delete("fishing", ofAdmin, moderator).expect(403);
    }

    @ParameterizedTest
    @CsvSource({"/api/mutes,muted", "/api/bans,banned"})
    void refusesEditsOfMutedAndBannedAccountsButNotDeletions(String path, String reason) {
        String root = api.admin("root");
        String alice = api.registered("alice");
        long id = api.publishAs("alice", "fishing", "old");
        api.call("POST", path)
                .bearer(root)
                .json("{\"user\":\"alice\",\"channel\":\"fishing\"}")
                .send()
                .expect(201);
        assertEquals(
                reason,
                edit("fishing", id, alice).expect(403).json().get("reason").asString());
        delete("fishing", id, alice).expect(204);
    }

    @Test
    void explainsInvalidRequests() {
        String alice = api.registered("alice");
        long id = api.publishAs("alice", "fishing", "old");
        assertEquals("text is missing", call(id, alice, "{}").problem(400));
        assertEquals(
                "text has no visible character",
                call(id, alice, "{\"text\":\" \"}").problem(400));
        call(id, alice, "{\"text\":\"" + "x".repeat(TestApi.MAX_TEXT_LENGTH + 1) + "\"}")
                .problem(413);
        assertEquals(
                "the id of a message is a whole number",
                edit("fishing", "x", alice).problem(400));
        edit("%40private", id, alice).problem(403);
        delete("%40private", id, alice).problem(403);
    }

    private Answer call(long id, String token, String json) {
        return api.call("PATCH", path("fishing", id)).bearer(token).json(json).send();
    }
}
