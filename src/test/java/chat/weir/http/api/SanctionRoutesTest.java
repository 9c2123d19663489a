package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import chat.weir.http.routing.Json;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bans and mutes over HTTP, without their effect on connections. */
class SanctionRoutesTest {
    private static final Scope FISHING = Scope.of(new ChannelId("fishing"));
    private static final String ADDRESS = "192.0.2.77";
    private static final String BOB = "{\"user\":\"bob\",\"channel\":\"fishing\"}";

    private final TestApi api = TestApi.start();
    private final String admin = api.admin("root");
    private final String alice = api.moderator("alice", "fishing", admin);

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer put(String path, String token, String json) {
        return api.call("POST", path).bearer(token).json(json).send();
    }

    private Answer ban(String token, String user, String channel) {
        return put("/api/bans", token, "{\"user\":\"" + user + "\",\"channel\":\"" + channel + "\"}");
    }

    private Answer lift(String token, String query) {
        return api.call("DELETE", "/api/bans?" + query).bearer(token).send();
    }

    private Answer get(String token, String query) {
        return api.get("/api/bans" + query).bearer(token).send();
    }

    /** The targets and scopes, in the order of the list. */
    private List<String> listed(String token, String query) {
        List<String> listed = new ArrayList<>();
        for (JsonNode ban : get(token, query).expect(200).json().get("bans")) {
            listed.add(ban.get("user").asString() + " " + ban.get("channel").asString());
        }
        return listed;
    }

    private boolean isBanned(String name, String address) {
        Subject guest = new Subject.OfGuest(UserName.parse(name).orElseThrow(), address);
        return api.moderation().find(SanctionType.BAN, FISHING, guest).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bans", "mutes"})
    void createsListsAndLifts(String name) {
        String path = "/api/" + name;
        api.time().stepClock(Duration.ofMillis(400));
        Answer put = put(
                path,
                alice,
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":600,\"reason\":\"n\u00f6ise\",\"more\":1}");
        JsonNode expected = Json.object(("{\"user\":\"bob\",\"account\":false,\"channel\":\"fishing\",\"by\":\"alice\","
                                + "\"reason\":\"n\\u00f6ise\",\"since\":\"2026-01-01T00:00:00.400Z\","
                                + "\"until\":\"2026-01-01T00:10:00.400Z\"}")
                        .getBytes(StandardCharsets.UTF_8))
                .object();
        assertEquals(expected, put.expect(201).json(), "to the millisecond");
        Answer list = api.get(path).bearer(alice).send().expect(200);
        assertEquals(expected, list.json().get(name).get(0));
        assertFalse(list.json().has("next"));
        String query = path + "?user=B%4fB&channel=fishing&reason=peace";
        assertEquals(
                "", api.call("DELETE", query).bearer(alice).send().expect(204).text());
        assertEquals(0, api.get(path).bearer(alice).send().json().get(name).size());
        String problem = api.call("DELETE", query).bearer(alice).send().problem(404);
        assertTrue(problem.endsWith("there"), problem);
        api.time().advance(Duration.ofMinutes(20));
        put(path, admin, "{\"user\":\"ALICE\",\"channel\":\"*\"}").expect(201);
        JsonNode everywhere =
                api.get(path).bearer(admin).send().json().get(name).get(0);
        assertEquals("alice", everywhere.get("user").asString());
        assertTrue(everywhere.get("account").asBoolean());
        assertEquals("*", everywhere.get("channel").asString());
        assertFalse(everywhere.has("until") || everywhere.has("reason"));
    }

    @Test
    void removesExpiredSanctions() {
        put("/api/bans", alice, "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":5}")
                .expect(201);
        assertEquals(List.of("bob fishing"), listed(alice, ""));
        api.time().advance(Duration.ofSeconds(5));
        assertEquals(List.of(), listed(alice, ""));
        lift(alice, "user=bob&channel=fishing").problem(404);
    }

    @Test
    void coversTheAddressOfAConnectedGuestWithoutShowingIt() {
        api.channels().settle("bob", FISHING, ADDRESS);
        Answer put = ban(alice, "bob", "fishing").expect(201);
        assertTrue(isBanned("another", ADDRESS));
        assertFalse(isBanned("another", "192.0.2.78"));
        for (String text : List.of(
                put.text(),
                get(alice, "").text(),
                get(admin, "").text(),
                api.get("/api/audit").bearer(admin).send().expect(200).text())) {
            assertFalse(text.contains("192.0.2"), text);
        }
        ban(alice, "dave", "fishing").expect(201);
        assertTrue(isBanned("dave", ADDRESS));
    }

    @Test
    void requiresAModeratorOfTheChannelOrAnAdmin() {
        String dave = api.registered("dave");
        ban(admin, "carol", "fishing").expect(201);
        for (String path : List.of("/api/bans", "/api/mutes")) {
            String query = path + "?user=carol&channel=fishing";
            put(path, dave, BOB).problem(403);
            api.call("DELETE", query).bearer(dave).send().problem(403);
            api.get(path).bearer(dave).send().problem(403);
            put(path, TestApi.KEY, BOB).problem(403);
            api.call("DELETE", query).bearer(TestApi.KEY).send().problem(403);
            api.get(path).bearer(TestApi.KEY).send().problem(403);
            api.call("POST", path).json(BOB).send().problem(401);
            api.call("DELETE", query).send().problem(401);
            api.get(path).send().problem(401);
        }
        assertEquals(List.of("carol fishing"), listed(admin, ""));
        assertTrue(ban(alice, "bob", "boats").problem(403).contains("only a moderator"));
        ban(alice, "bob", "*").problem(403);
        ban(alice, "root", "fishing").problem(403);
        ban(alice, "alice", "fishing").problem(403);
        ban(admin, "root", "*").problem(403);
        lift(alice, "user=carol&channel=boats").problem(403);
    }

    @Test
    void showsAllToAdminsAndOwnChannelsToModerators() {
        ban(admin, "one", "fishing").expect(201);
        ban(admin, "two", "boats").expect(201);
        ban(admin, "three", "*").expect(201);
        assertEquals(List.of("three *", "two boats", "one fishing"), listed(admin, ""));
        assertEquals(List.of("two boats"), listed(admin, "?channel=boats"));
        assertEquals(List.of("three *"), listed(admin, "?channel=*"));
        assertEquals(List.of(), listed(admin, "?channel=nowhere"));
        assertEquals(List.of("one fishing"), listed(alice, ""));
        assertEquals(List.of("one fishing"), listed(alice, "?channel=fishing"));
        get(alice, "?channel=boats").problem(403);
        get(alice, "?channel=*").problem(403);
        get(alice, "?channel=a//b").problem(400);
    }

    @Test
    void pagesFromTheNewest() {
        for (String name : List.of("one", "two", "three", "four")) {
            ban(alice, name, "fishing").expect(201);
            ban(admin, name, "boats").expect(201);
        }
        assertEquals(List.of("four fishing", "three fishing"), listed(alice, "?limit=2"));
        long next = get(alice, "?limit=2").json().get("next").asLong();
        ban(alice, "five", "fishing").expect(201);
        assertEquals(List.of("two fishing", "one fishing"), listed(alice, "?limit=2&before=" + next));
        assertFalse(get(alice, "?limit=2&before=" + next).json().has("next"), "exactly two were left");
        get(alice, "?limit=101").problem(400);
        get(alice, "?before=x").problem(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"channel\":\"fishing\"}|user is missing",
                "{\"user\":\"bob\"}|channel is missing",
                "{\"user\":\"b b\",\"channel\":\"fishing\"}|user is not a valid name",
                "{\"user\":\"bob\",\"channel\":\"\"}|the channel id is empty",
                "{\"user\":\"bob\",\"channel\":\"**\"}|the channel id contains",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":0}|the duration must be",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":-1}|the duration must be",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":9223372036854775807}|the duration must be",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":1.5}|duration must be a whole number",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":1e99}|duration must be a whole number",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":1e400}|duration must be a whole number",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":10.00000000000000000001}|duration must be a whole",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":9223372036854775808}|duration must be",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"duration\":\"1\"}|duration must be a whole number",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"reason\":\"a\\nb\"}|the reason contains a control",
                "{\"user\":\"bob\",\"channel\":\"fishing\",\"reason\":7}|reason must be a string",
            })
    void explainsInvalidRequests(String json, String detail) {
        String problem = put("/api/bans", admin, json).problem(400);
        assertTrue(problem.startsWith(detail), problem);
    }

    @Test
    void namesMissingParameters() {
        assertEquals("user is missing", lift(admin, "channel=fishing").problem(400));
        assertEquals("channel is missing", lift(admin, "user=bob").problem(400));
        lift(admin, "user=b+b&channel=fishing").problem(400);
    }

    @Test
    void refusesPrivateChats() {
        ban(admin, "bob", "@a-b").problem(403);
        lift(admin, "user=bob&channel=%40a-b").problem(403);
    }

    @Test
    void liftsASanctionAfterTheNameWasRegistered() {
        api.channels().settle("bob", FISHING, ADDRESS);
        ban(alice, "bob", "fishing").expect(201);
        api.channels().removeGuest("bob", FISHING);
        // An admin account that is created at the start: over HTTP, the name could not be registered now.
        assertEquals(
                "bob",
                api.accounts()
                        .register("bob", TestApi.PASSWORD, ADDRESS, name -> {})
                        .name()
                        .value());
        ban(alice, "bob", "fishing").expect(201);
        assertEquals(List.of("bob fishing", "bob fishing"), listed(alice, ""));
        lift(alice, "user=bob&channel=fishing").expect(204);
        assertEquals(List.of(), listed(alice, ""));
        assertFalse(isBanned("bob", ADDRESS));
    }

    @Test
    void liftsASanctionAfterTheAccountWasDeleted() {
        String bob = api.registered("bob");
        ban(alice, "bob", "fishing").expect(201);
        api.call("DELETE", "/api/accounts/me").bearer(bob).send().expect(204);
        assertEquals(List.of("bob fishing"), listed(alice, ""));
        lift(alice, "user=bob&channel=fishing").expect(204);
        assertEquals(List.of(), listed(alice, ""));
    }

    @Test
    void liftsASanctionByTheAddressOfAConnectedGuest() {
        api.channels().settle("bob", FISHING, ADDRESS);
        ban(alice, "bob", "fishing").expect(201);
        api.channels().settle("rob", FISHING, ADDRESS);
        lift(alice, "user=rob&channel=fishing").expect(204);
        assertFalse(isBanned("bob", ADDRESS));
    }

    @Test
    void doesNotLookUpUsersForMembers() {
        String carol = api.registered("carol");
        int before = api.channels().lookUps();
        for (String channel : new String[] {"fishing", "*"}) {
            assertEquals(
                    "only a moderator of the channel or an admin can do that",
                    ban(carol, "bob", channel).problem(403));
            lift(carol, "user=bob&channel=" + channel).problem(403);
        }
        assertEquals(
                "only a moderator of the channel or an admin can do that",
                ban(alice, "bob", "*").problem(403));
        assertEquals(before, api.channels().lookUps());
    }

    @Test
    void reportsThatTheDatabaseIsUnavailable() {
        ban(alice, "bob", "fishing").expect(201);
        api.closeDatabase();
        ban(alice, "carol", "fishing").problem(503);
    }
}
