package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A muted user cannot show any text to others, not even a new name. */
class MuteTest extends ModeratedChannel {
    private static final String EVIL = "visit-evil.example";
    private static final Duration A_ROUND = Duration.ofSeconds(2);

    /** Connects a guest named bob and mutes them for ten minutes. */
    private TestClient muted() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'mute','user':'bob','duration':600}");
        bob.await("mute");
        return bob;
    }

    private static JsonNode send(TestClient client, String json) {
        client.send(json.replace("}", ",'ref':'tried'}"));
        return answer(client, "tried");
    }

    private static void assertMuted(JsonNode answer) {
        assertEquals("error", answer.get("type").asString(), answer::toString);
        assertEquals(403, answer.get("code").asInt(), answer::toString);
        assertTrue(answer.get("message").asString().contains("muted"), answer::toString);
        double left = answer.get("retryAfter").asDouble();
        assertTrue(left > 500 && left <= 600, answer::toString);
    }

    private static String type(JsonNode answer) {
        return answer.get("type").asString();
    }

    /** All envelopes that the admin has received since the last call, as one text. */
    private String seen() {
        StringBuilder all = new StringBuilder();
        server.advance(A_ROUND);
        admin.send("{'type':'heartbeat','ref':'seen'}");
        for (JsonNode next = admin.next(); !next.path("ref").asString("").equals("seen"); next = admin.next()) {
            all.append(next).append('\n');
        }
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "BOB", "b.o.b"})
    void refusesARename(String name) {
        admin.receivingPresence();
        TestClient bob = muted();
        assertMuted(send(bob, "{'type':'identity','user':'" + name + "'}"));
        assertFalse(seen().contains(name));
        assertEquals("identity", type(send(bob, "{'type':'identity','user':'bob'}")), "the current name is allowed");
        server.advance(Duration.ofMinutes(10));
        assertEquals(
                "true",
                send(bob, "{'type':'identity','user':'" + name + "'}")
                        .get("success")
                        .asString());
    }

    @Test
    void refusesARenameIfOnlyAJoinedChannelMutes() {
        TestClient bob = guest("bob", "/boats", GUEST_ADDRESS);
        assertEquals("connection", type(send(bob, "{'type':'join','channel':'fishing'}")));
        order("{'type':'mute','user':'bob','duration':600}");
        assertMuted(send(bob, "{'type':'identity','user':'" + EVIL + "'}"));
    }

    @Test
    void refusesAnotherNameFromTheSameAddress() {
        admin.receivingPresence();
        TestClient bob = muted();
        assertMuted(send(connect("/fishing", GUEST_ADDRESS), "{'type':'identity','user':'" + EVIL + "'}"));
        TestClient elsewhere = guest(EVIL, "/boats", GUEST_ADDRESS);
        assertMuted(send(elsewhere, "{'type':'join','channel':'fishing'}"));
        assertEquals("logout", type(send(bob, "{'type':'logout'}")));
        assertMuted(send(bob, "{'type':'identity','user':'" + EVIL + "'}"));
        assertFalse(seen().contains(EVIL));
        assertEquals(
                "true",
                send(bob, "{'type':'identity','user':'bob'}").get("success").asString());
        server.advance(GRACE);
        assertEquals("true", bob.await("heartbeat").get("authenticated").asString());
    }

    @Test
    void doesNotAnnounceAPendingName() {
        admin.receivingPresence();
        TestClient second = connect("/fishing", GUEST_ADDRESS);
        guest("bob", "/fishing", GUEST_ADDRESS);
        second.identify(EVIL);
        order("{'type':'mute','user':'bob','duration':600}");
        server.advance(GRACE);
        second.say("hi");
        second.await("mute");
        second.expectError(401);
        assertFalse(seen().contains(EVIL));
        server.advance(Duration.ofMinutes(10));
        assertTrue(seen().contains(EVIL), "the mute is over");
    }

    @Test
    void refusesALoginToANewAccount() {
        TestClient bob = muted();
        assertEquals(
                201,
                new chat.weir.testing.TestApi(server.port())
                        .register(EVIL, PASSWORD)
                        .status());
        assertMuted(send(bob, "{'type':'auth','username':'" + EVIL + "','password':'" + PASSWORD + "'}"));
        TestClient boats = logIn(EVIL, "/boats", GUEST_ADDRESS);
        assertMuted(send(boats, "{'type':'join','channel':'fishing'}"));
    }

    @Test
    void acceptsALoginToAnOlderAccount() {
        registered("eve", "/boats", GUEST_ADDRESS);
        muted();
        logIn("eve", "/fishing", GUEST_ADDRESS).say("I was here before");
        assertEquals("eve", admin.await("message").get("user").asString());
    }

    @Test
    void refusesAPrivateChat() {
        TestClient carol = guest("carol", "/fishing", OTHER);
        TestClient bob = muted();
        carol.await("mute");
        assertMuted(send(bob, "{'type':'private','user':'carol'}"));
        carol.expectNothing();
    }

    @Test
    void refusesTyping() {
        TestClient bob = muted();
        assertMuted(send(bob, "{'type':'typing'}"));
    }

    @Test
    void refusesActionsWithAReason() {
        TestClient mod = registered("mod", "/fishing", OTHER);
        order("{'type':'role','user':'mod','role':'moderator'}");
        order("{'type':'mute','user':'mod','duration':600}");
        assertMuted(send(mod, "{'type':'ban','user':'" + EVIL + "'}"));
        assertMuted(send(mod, "{'type':'kick','user':'root','reason':'" + EVIL + "'}"));
    }

    @Test
    void sendsNoLongerRetryAfterThanTheRemainingTime() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'mute','user':'bob','duration':2}");
        bob.await("mute");
        bob.say("hi");
        assertEquals(2, bob.expectError(403).get("retryAfter").asDouble());
        server.advance(Duration.ofMillis(1_500));
        bob.say("hi");
        assertEquals(0.5, bob.expectError(403).get("retryAfter").asDouble());
        server.advance(Duration.ofMillis(500));
        bob.say("free");
        assertEquals("free", bob.await("message").get("text").asString());
    }

    @Test
    void bansForExactlyEightSeconds() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        server.time().standStill(Duration.ofMillis(400));
        order("{'type':'ban','user':'bob','duration':8}");
        bob.expectClose(4504);
        server.time().standStill(Duration.ofMillis(7_999));
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
        server.time().standStill(Duration.ofMillis(1));
        connect("/fishing", GUEST_ADDRESS);
    }
}
