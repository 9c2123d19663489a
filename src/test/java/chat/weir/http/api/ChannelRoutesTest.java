package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import chat.weir.protocol.ChannelId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChannelRoutesTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer messages(String query) {
        return api.get("/api/channels/fishing/messages" + query).send();
    }

    private static List<Long> ids(Answer answer) {
        return answer.expect(200)
                .json()
                .get("messages")
                .valueStream()
                .map(m -> m.get("id").asLong())
                .toList();
    }

    private static List<String> channels(Answer answer) {
        return answer.expect(200)
                .json()
                .get("channels")
                .valueStream()
                .map(c -> c.get("id").asString() + " " + c.get("connections").asInt())
                .toList();
    }

    @Test
    void listsChannelsWithAHistoryOrWithMembers() {
        api.publish("boats", "hello");
        api.publish("fishing", "hello");
        api.channels().connect("fishing", 3);
        api.channels().connect("lakes/north", 1);
        assertEquals(
                List.of("boats 0", "fishing 3", "lakes/north 1"),
                channels(api.get("/api/channels").send()));
    }

    @Test
    void pagesThroughChannelsInUtf8Order() {
        api.channels().connect("a", 1);
        api.publish("b", "hello");
        // U+FF21 comes after U+20000 in Java's order, and before it in UTF-8 order.
        api.channels().connect("\uFF21", 1);
        api.channels().connect("\uD840\uDC00", 1);
        Answer first = api.get("/api/channels?limit=2").send();
        assertEquals(List.of("a 1", "b 0"), channels(first));
        assertEquals("b", first.get("next"));
        Answer second = api.get("/api/channels?limit=1&after=b").send();
        assertEquals(List.of("\uFF21 1"), channels(second));
        Answer third = api.get("/api/channels?limit=1&after=%EF%BC%A1").send();
        assertEquals(List.of("\uD840\uDC00 1"), channels(third));
        assertFalse(third.json().has("next"));
    }

    @Test
    void hidesGeneratedIdsWithFewLookUps() {
        SecureRandom random = new SecureRandom();
        List<String> generated = Stream.generate(() -> ChannelId.random(random).value())
                .limit(3 * ChannelRoutes.MAX_SCANNED)
                .toList();
        generated.forEach(id -> api.publish(id, "hello"));
        api.publish("zzz", "hello");
        List<String> found = new ArrayList<>();
        int pages = 0;
        String after = "";
        while (after != null) {
            Answer page = api.get("/api/channels?limit=2&after=" + after).send();
            found.addAll(channels(page));
            JsonNode next = page.json().get("next");
            after = next == null ? null : next.asString();
            String at = after;
            assertTrue(at == null || generated.stream().noneMatch(id -> at.startsWith(id.substring(0, 6))), at);
            pages++;
        }
        assertEquals(List.of("zzz 0"), found);
        assertTrue(pages > 3 && pages < 10, "pages: " + pages);
    }

    @Test
    void returnsTheLatestMessagesOldestFirst() {
        List<Long> said = LongStream.range(0, 12)
                .map(i -> api.publish("fishing", "text " + i))
                .boxed()
                .toList();
        Answer answer = messages("");
        assertEquals(said.subList(2, 12), ids(answer));
        assertEquals(said.get(2), answer.json().get("next").asLong());
        assertEquals("text 2", answer.json().get("messages").get(0).get("text").asString());
        assertEquals("bob", answer.json().get("messages").get(0).get("user").asString());
        assertEquals(
                said.get(2) / 1_000_000,
                answer.json().get("messages").get(0).get("timestamp").asLong());
    }

    @Test
    void pagesInBothDirections() {
        List<Long> said = LongStream.range(0, 5)
                .map(i -> api.publish("fishing", "text"))
                .boxed()
                .toList();
        assertEquals(said.subList(1, 3), ids(messages("?limit=2&before=" + said.get(3))));
        Answer forward = messages("?limit=2&after=" + said.get(1));
        assertEquals(said.subList(2, 4), ids(forward));
        assertEquals(said.get(3), forward.json().get("next").asLong());
        Answer end = messages("?limit=2&after=" + said.get(3));
        assertEquals(said.subList(4, 5), ids(end));
        assertFalse(end.json().has("next"));
        assertFalse(messages("?after=" + said.get(4)).json().has("next"));
    }

    @Test
    void findsAChannelByItsEncodedId() {
        api.publish("lakes%2Fnorth", "hello");
        assertEquals(
                1, ids(api.get("/api/channels/lakes%2fnorth/messages").send()).size());
        api.get("/api/channels/lakes/north/messages").send().problem(404);
        assertEquals(0, ids(messages("")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "limit=-1", "limit=", "limit=99999999999999999999"})
    void explainsInvalidLimits(String query) {
        assertEquals(
                "limit must be a whole number from 1 to 100",
                messages("?" + query).problem(400));
    }

    @Test
    void refusesInvalidPositions() {
        assertTrue(messages("?before=yesterday").problem(400).startsWith("before must be"));
        assertTrue(messages("?after=9007199254740992").problem(400).startsWith("after must be"));
        assertTrue(messages("?before=1&after=1").problem(400).contains("combined"));
        assertTrue(messages("?limit=1&limit=2").problem(400).contains("twice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2F%2Fb", "..%2Fa", "%2e%2e", "a%20b", "%FF", "a%0D%0AX-Evil:1"})
    void refusesInvalidIds(String id) {
        Answer answer = api.get("/api/channels/" + id + "/messages").send();
        answer.problem(400);
        assertEquals("", answer.header("X-Evil"));
    }

    @Test
    void acceptsTheLongestId() {
        api.get("/api/channels/" + "%C3%A4".repeat(64) + "/messages").send().expect(200);
        api.get("/api/channels/" + "%C3%A4".repeat(64) + "a/messages").send().problem(400);
    }

    @Test
    void requiresALoginWhereAccountsAreRequired() {
        try (TestApi closed = TestApi.requiringAccounts()) {
            String token = closed.registered("alice");
            for (String path : List.of("/api/channels", "/api/channels/fishing/messages", "/api/accounts")) {
                closed.get(path).send().problem(401);
                closed.get(path).bearer(token).send().expect(200);
                closed.get(path).bearer(TestApi.KEY).send().expect(200);
            }
        }
    }
}
