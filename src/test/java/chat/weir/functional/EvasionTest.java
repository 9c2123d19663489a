package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Ways around a kick, a mute or a ban that lead nowhere. */
class EvasionTest {
    private static final String PASSWORD = "correct horse";
    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final String HERS = "192.0.2.1";
    private static final String HIS = "192.0.2.2";
    private static final String OTHER = "192.0.2.3";

    private TestServer server = start("none");
    private TestClient admin = logIn("root", "/fishing", HERS);

    @AfterEach
    void stop() {
        server.close();
    }

    private static TestServer start(String database) {
        return TestServer.with(
                "ADMIN_USERNAME", "root",
                "ADMIN_PASSWORD", PASSWORD,
                "TRUSTED_PROXIES", "127.0.0.1",
                "DATABASE_URL", database,
                "MESSAGE_RATE", "0");
    }

    /** A client behind the proxy that the server trusts. */
    private TestClient open(String path, String address) {
        return TestClient.open(
                RawSocket.connect(server.port()),
                path + "?heartbeat=pong",
                address.isEmpty() ? Map.of() : Map.of("X-Forwarded-For", address));
    }

    private TestClient comer(String path, String address) {
        TestClient client = open(path, address);
        client.expect("connection");
        client.expectNothing();
        return client;
    }

    private TestClient guest(String name, String path, String address) {
        TestClient client = comer(path, address);
        client.identify(name);
        server.advance(GRACE);
        assertEquals("true", client.await("heartbeat").get("authenticated").asString());
        return client;
    }

    private TestClient logIn(String name, String path, String address) {
        TestClient client = comer(path, address);
        client.send("{'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'}");
        client.await("auth");
        return client;
    }

    private TestClient registered(String name, String path, String address) {
        assertEquals(
                201, new TestApi(server.httpPort()).register(name, PASSWORD).status());
        return logIn(name, path, address);
    }

    private static JsonNode answer(TestClient client, String ref) {
        JsonNode envelope = client.next();
        while (!envelope.path("ref").asString("").equals(ref)) {
            envelope = client.next();
        }
        return envelope;
    }

    private void order(String json) {
        admin.send(json.replace("}", ",'ref':'order'}"));
        JsonNode answer = answer(admin, "order");
        assertTrue(!answer.get("type").asString().equals("error"), answer::toString);
    }

    private TestApi api() {
        return new TestApi(server.httpPort());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reachesAGuestWhoseNameHasBeenRegisteredSince(boolean overHttp) {
        TestClient bob = guest("bob", "/fishing", HIS);
        assertEquals(201, api().register("bob", PASSWORD).status());
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
        open("/fishing", HIS).expectClose(4504);
        order("{'type':'unmute','user':'bob'}");
        order("{'type':'unban','user':'bob'}");
        guest("rob", "/fishing", HIS).say("free");
    }

    @Test
    void givesTheRoleToTheAccountWhoeverGoesByItsName() {
        TestClient bob = guest("bob", "/fishing", HIS);
        assertEquals(201, api().register("bob", PASSWORD).status());
        order("{'type':'role','user':'bob','role':'moderator'}");
        bob.await("role");
        bob.send("{'type':'kick','user':'root'}");
        String why = bob.expectError(403).get("message").asString();
        assertTrue(why.contains("only a moderator"), why);
    }

    @Test
    void kicksAGuestWhoseNameHasBeenRegisteredSince() {
        TestClient bob = guest("bob", "/fishing", HIS);
        assertEquals(201, api().register("bob", PASSWORD).status());
        order("{'type':'kick','user':'bob'}");
        bob.expectClose(4503);
    }

    @Test
    void listensNoLongerOnceLoggedOutAtABannedAddress() {
        TestClient eve = registered("eve", "/fishing", HIS);
        TestClient boats = logIn("eve", "/boats", HIS);
        guest("bob", "/fishing", HIS);
        order("{'type':'ban','user':'bob'}");
        eve.await("heartbeat");
        eve.await("ban");
        boats.send("{'type':'join','channel':'fishing','ref':'in'}");
        assertEquals("connection", answer(boats, "in").get("type").asString());
        boats.send("{'type':'logout'}");
        assertEquals("leave", awaitPast(boats, "leave").get("type").asString());
        eve.send("{'type':'logout'}");
        eve.expectClose(4504);
    }

    private static JsonNode awaitPast(TestClient client, String type) {
        JsonNode envelope = client.next();
        while (!envelope.path("type").asString("").equals(type)) {
            envelope = client.next();
        }
        return envelope;
    }

    @Test
    void listensNoLongerOnceSilentAtABannedAddress() {
        assertEquals(201, api().register("eve", PASSWORD).status());
        TestClient eve = TestClient.open(RawSocket.connect(server.port()), "/fishing", Map.of("X-Forwarded-For", HIS));
        eve.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "','ref':'in'}");
        assertEquals("auth", answer(eve, "in").get("type").asString());
        guest("bob", "/fishing", HIS);
        order("{'type':'ban','user':'bob'}");
        server.advance(Duration.ofMinutes(11));
        eve.expectClose(4504);
    }

    @Test
    void isFoundByHisAddressWhileHisNameIsPending() {
        TestClient bob = comer("/fishing", HIS);
        bob.identify("bob");
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        open("/fishing", HIS).expectClose(4504);
    }

    @Test
    void doesNotModerateWhereHeIsBanned() {
        TestClient mod = registered("mod", "/fishing", OTHER);
        order("{'type':'role','user':'mod','role':'moderator'}");
        guest("bob", "/fishing", HIS);
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
    void leavesNeitherNameNorTypingBehind() {
        TestClient carol = guest("carol", "/fishing", OTHER).seeingCompany();
        TestClient bob = guest("bob", "/fishing", HIS);
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
}
