package chat.weir.functional;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import chat.weir.testing.WireFrame;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Attempts to evade a kick, a mute or a ban. */
class ModerationEvasionTest extends ModeratedChannel {
    private TestApi api() {
        return new TestApi(server.port());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sanctionsAGuestWhoseNameWasRegistered(boolean overHttp) {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        registerOwnName(bob, "bob");
        if (overHttp) {
            String token = api().logIn("root", PASSWORD);
            assertEquals(
                    201,
                    api().send("POST", "/api/mutes", token, "{'user':'bob','channel':'fishing'}")
                            .status());
        } else {
            order("{'type':'mute','user':'bob'}");
        }
        bob.await("mute");
        bob.say("but I am only a guest");
        bob.expectError(403);
        if (overHttp) {
            String token = api().logIn("root", PASSWORD);
            assertEquals(
                    201,
                    api().send("POST", "/api/bans", token, "{'user':'bob','channel':'fishing'}")
                            .status());
        } else {
            order("{'type':'ban','user':'bob'}");
        }
        bob.expectClose(4504);
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
        order("{'type':'unmute','user':'bob'}");
        order("{'type':'unban','user':'bob'}");
        guest("rob", "/fishing", GUEST_ADDRESS).say("free");
    }

    @Test
    void givesTheRoleToTheAccountNotToAGuestOfItsName() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        registerOwnName(bob, "bob");
        order("{'type':'role','user':'bob','role':'moderator'}");
        bob.await("role");
        bob.send("{'type':'kick','user':'root'}");
        String why = bob.expectError(403).get("message").asString();
        assertTrue(why.contains("only a moderator"), why);
    }

    @Test
    void kicksAGuestWhoseNameWasRegistered() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        registerOwnName(bob, "bob");
        order("{'type':'kick','user':'bob'}");
        bob.expectClose(4503);
    }

    @Test
    void disconnectsAnAccountThatLogsOutAtABannedAddress() {
        TestClient eve = registered("eve", "/fishing", GUEST_ADDRESS);
        TestClient boats = logIn("eve", "/boats", GUEST_ADDRESS);
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob'}");
        eve.await("heartbeat");
        eve.await("ban");
        boats.send("{'type':'join','channel':'fishing','ref':'in'}");
        assertEquals("connection", answer(boats, "in").get("type").asString());
        boats.send("{'type':'logout'}");
        assertEquals("leave", awaitEnvelope(boats, "leave").get("type").asString());
        eve.send("{'type':'logout'}");
        eve.expectClose(4504);
    }

    @Test
    void disconnectsAnAccountThatResetsAtABannedAddress() {
        clients.forEach(TestClient::close);
        server.close();
        server = TestServer.with(
                "ADMIN_USERNAME", "root",
                "ADMIN_PASSWORD", PASSWORD,
                "TRUSTED_PROXIES", "127.0.0.1",
                "TEST_MODE", "true");
        admin = logIn("root", "/fishing", ADMIN_ADDRESS);
        TestClient eve = registered("eve", "/fishing", GUEST_ADDRESS);
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob'}");
        eve.ask("'type':'setTestMode','value':true");
        eve.send("{'type':'resetSocket'}");
        eve.expectClose(4504);
    }

    /** Enforcement applies the ban to guests at once; the sweep finds an account that it applies to as well. */
    @Test
    void disconnectsAnAccountAsYoungAsTheBanWithALaterSweep() {
        TestClient robert = registered("robert", "/fishing", GUEST_ADDRESS);
        TestClient bob = connect("/fishing", GUEST_ADDRESS);
        bob.identify("bob");
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        robert.await("ban");
        robert.expectNothing();
        CompletableFuture<WireFrame> close = CompletableFuture.supplyAsync(() -> robert.expectClose(4504));
        await().until(() -> {
            server.advance(Duration.ofSeconds(2));
            return close.isDone();
        });
        close.join();
    }

    private static JsonNode awaitEnvelope(TestClient client, String type) {
        JsonNode envelope = client.next();
        while (!envelope.path("type").asString("").equals(type)) {
            envelope = client.next();
        }
        return envelope;
    }

    @Test
    void disconnectsAnAccountThatBecomesSilentAtABannedAddress() {
        assertEquals(201, api().register("eve", PASSWORD).status());
        TestClient eve =
                TestClient.open(RawSocket.connect(server.port()), "/fishing", Map.of("X-Forwarded-For", GUEST_ADDRESS));
        eve.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "','ref':'in'}");
        assertEquals("auth", answer(eve, "in").get("type").asString());
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob'}");
        server.advance(Duration.ofMinutes(11));
        eve.expectClose(4504);
    }

    @Test
    void bansTheAddressOfAGuestWhoseNameIsPending() {
        TestClient bob = connect("/fishing", GUEST_ADDRESS);
        bob.identify("bob");
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
    }

    @Test
    void refusesModerationByABannedModerator() {
        TestClient mod = registered("mod", "/fishing", OTHER);
        order("{'type':'role','user':'mod','role':'moderator'}");
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob'}");
        order("{'type':'ban','user':'mod','channel':'*'}");
        mod.expectClose(4504);
        String token = api().logIn("mod", PASSWORD);
        assertEquals(
                403,
                api().send("DELETE", "/api/bans?user=bob&channel=fishing", token, null)
                        .status());
    }

    @Test
    void removesTheNameAndTypingOfAKickedUser() {
        TestClient carol = guest("carol", "/fishing", OTHER).receivingPresence();
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        bob.send("{'type':'typing','ref':'t'}");
        answer(bob, "t");
        order("{'type':'kick','user':'bob'}");
        bob.expectClose(4503);
        StringBuilder all = new StringBuilder();
        for (JsonNode e = carol.next(); !e.path("event").asString("").equals("left"); e = carol.next()) {
            all.append(e).append('\n');
        }
        assertTrue(all.toString().contains("doneTyping"), all::toString);
        assertEquals(2, carol.ask("'type':'users'").get("count").asInt(), all::toString);
    }

    @Test
    void refusesAnAccountThatABannedGuestRegistered() {
        registered("eve", "/boats", GUEST_ADDRESS);
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob'}");
        TestClient before = logIn("eve", "/boats", GUEST_ADDRESS);
        before.send("{'type':'join','channel':'fishing','ref':'in'}");
        assertEquals("connection", answer(before, "in").get("type").asString(), "the account is older than the ban");
        TestClient after = registered("robert", "/boats", GUEST_ADDRESS);
        after.send("{'type':'join','channel':'fishing'}");
        expectRefused(after, "banned");
        TestClient elsewhere = logIn("robert", "/boats", OTHER);
        elsewhere.send("{'type':'join','channel':'fishing','ref':'in'}");
        assertEquals("connection", answer(elsewhere, "in").get("type").asString());
    }

    @Test
    void refusesMessagesOfAnAccountThatAMutedGuestRegistered() {
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'mute','user':'bob'}");
        assertEquals(201, api().register("robert", PASSWORD).status());
        TestClient robert = connect("/fishing", GUEST_ADDRESS);
        robert.send("{'type':'auth','username':'robert','password':'" + PASSWORD + "'}");
        robert.expectError(403);
        robert.say("hi");
        robert.expectError(401);
    }

    @Test
    void refusesToRegisterABannedName() {
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob','duration':60}");
        assertEquals(409, api().register("BOB", PASSWORD).status());
        server.advance(Duration.ofSeconds(61));
        assertEquals(201, api().register("bob", PASSWORD).status());
    }

    @Test
    void findsAGuestInAnyChannelForAGlobalBan() {
        TestClient bob = guest("bob", "/boats", GUEST_ADDRESS);
        TestClient second = guest("rob", "/lakes", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob','channel':'*'}");
        bob.expectClose(4504);
        second.expectClose(4504);
        open("/anywhere", GUEST_ADDRESS).expectClose(4504);
    }
}
