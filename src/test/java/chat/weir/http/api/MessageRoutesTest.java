package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRoutesTest {
    private static final String HELLO = "{\"text\":\"hello\",\"user\":\"bob\"}";
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer say(String json) {
        return api.call("POST", "/api/channels/fishing/messages")
                .bearer(TestApi.KEY)
                .json(json)
                .send();
    }

    @Test
    void publishesAMessageOfABackend() {
        Answer answer = say("{\"text\":\"h\\u00e4llo\",\"user\":\" bob \",\"ref\":\"7\",\"more\":[1]}")
                .expect(201);
        assertEquals(2, answer.json().size());
        assertEquals(
                answer.json().get("id").asLong() / 1_000_000,
                answer.json().get("timestamp").asLong());
        Answer history = api.get("/api/channels/fishing/messages").send().expect(200);
        assertEquals("hällo", history.json().get("messages").get(0).get("text").asString());
        assertEquals("bob", history.json().get("messages").get(0).get("user").asString());
    }

    @Test
    void acceptsOnlyApiKeys() {
        Answer stranger =
                api.call("POST", "/api/channels/fishing/messages").json(HELLO).send();
        stranger.problem(401);
        assertEquals("Bearer", stranger.header("WWW-Authenticate"));
        for (String wrong : new String[] {TestApi.KEY + "x", TestApi.KEY.substring(1), "", "\u00e4"}) {
            api.call("POST", "/api/channels/fishing/messages")
                    .bearer(wrong)
                    .json(HELLO)
                    .send()
                    .problem(401);
        }
        api.call("POST", "/api/channels/fishing/messages")
                .bearer(api.registered("alice"))
                .json(HELLO)
                .send()
                .problem(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"user\":\"bob\"}|text is missing",
                "{\"text\":\"hello\"}|user is missing",
                "{\"text\":1,\"user\":\"bob\"}|text must be a string",
                "{\"text\":null,\"user\":\"bob\"}|text is missing",
                "{\"text\":\"\",\"user\":\"bob\"}|text is empty",
                "{\"text\":\"a\\u0000b\",\"user\":\"bob\"}|text must not contain U+0000",
                "{\"text\":\"a\\ud800b\",\"user\":\"bob\"}|text contains an unpaired surrogate",
                "{\"text\":\"a\",\"user\":{}}|user must be a string",
                "{\"text\":\"a\",\"user\":\"bob\",\"ref\":7}|ref must be a string",
                "[]|the body must be a JSON object",
                "1|the body must be a JSON object",
            })
    void explainsInvalidMessages(String json, String detail) {
        assertEquals(detail, say(json).problem(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"text\":\"a\"", HELLO + "x", HELLO + HELLO, "'a'", "\u0000\u0000", "\uFEFF" + HELLO})
    void explainsInvalidJson(String json) {
        assertTrue(say(json).problem(400).startsWith("the body "));
    }

    @Test
    void survivesDeepNesting() {
        assertTrue(say("{\"text\":" + "[".repeat(30_000)).problem(400).contains("nested deeper"));
        assertTrue(say("{\"a\":" + "1".repeat(30_000) + "}").problem(400).contains("too long"));
    }

    @Test
    void usesTheLastOfDuplicateFields() {
        say("{\"text\":\"first\",\"user\":\"bob\",\"text\":\"second\"}").expect(201);
        assertTrue(api.get("/api/channels/fishing/messages").send().text().contains("\"second\""));
    }

    @Test
    void refusesInvalidNames() {
        assertTrue(say("{\"text\":\"a\",\"user\":\"a b\"}").problem(400).startsWith("user is not a valid name"));
        assertTrue(say("{\"text\":\"a\",\"user\":\"bob\",\"ref\":\"" + "x".repeat(65) + "\"}")
                .problem(400)
                .startsWith("ref is longer"));
    }

    @Test
    void treatsNullAsAbsent() {
        say("{\"text\":\"a\",\"user\":\"bob\",\"ref\":null}").expect(201);
    }

    @Test
    void countsCodePoints() {
        say("{\"text\":\"" + "\uD83D\uDC1F".repeat(20) + "\",\"user\":\"bob\"}").expect(201);
        assertEquals(
                "text is 21 characters long; at most 20 are allowed",
                say("{\"text\":\"" + "\uD83D\uDC1F".repeat(21) + "\",\"user\":\"bob\"}")
                        .problem(413));
    }

    @Test
    void reportsWhyAMessageIsRefused() {
        api.channels().failOnce(new ChatException(ErrorReason.CONFLICT, "the ref is in use"));
        assertEquals("the ref is in use", say(HELLO).problem(409));
        api.channels().failOnce(ChatException.tooMany("slowly", 1_200));
        Answer answer = say(HELLO);
        answer.problem(429);
        assertEquals("2", answer.header("Retry-After"));
    }

    @Test
    void hidesTheCauseOfAFault() {
        api.channels().failOnce(new IllegalStateException("secret"));
        assertEquals("internal error; see the log of the server", say(HELLO).problem(500));
        say(HELLO).expect(201);
    }
}
