package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Section 7 of the protocol: what moderators do, and that nobody gets around it. */
class ModerationTest {
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

    private static void expectRefused(TestClient client, String why) {
        JsonNode error = client.expectError(403);
        assertTrue(error.get("message").asString().contains(why), error::toString);
    }

    private static String reason(TestClient client, String name) {
        client.sendText("{\"type\":\"identity\",\"user\":\"" + name + "\"}");
        return client.await("identity").path("reason").asString("granted");
    }

    @Test
    void tellsTheChannelAndTheOneConcernedBeforeHeIsKicked() {
        TestClient bob = guest("bob", "/fishing", HIS);
        TestClient carol = comer("/fishing", OTHER);
        order("{'type':'kick','user':'BOB','reason':'enough'}");
        String notice = "{'type':'kick','user':'BOB','by':'root','reason':'enough'}";
        carol.expectExactly(notice);
        bob.expectExactly(notice);
        bob.expectClose(4503);
        guest("bob", "/fishing", HIS);
    }

    @Test
    void takesOneWhoJoinedOutOfTheChannelOnly() {
        TestClient bob = guest("bob", "/boats", HIS);
        bob.send("{'type':'join','channel':'fishing'}");
        bob.await("connection");
        order("{'type':'kick','user':'bob'}");
        bob.expectExactly("{'type':'kick','user':'bob','by':'root','channel':'fishing'}");
        bob.expectExactly("{'type':'leave','channel':'fishing'}");
        bob.say("still here");
        bob.await("message");
        bob.send("{'type':'join','channel':'fishing','ref':'again'}");
        bob.await("connection");
        order("{'type':'ban','user':'bob','duration':60}");
        bob.await("ban");
        bob.await("leave");
        bob.send("{'type':'join','channel':'fishing'}");
        expectRefused(bob, "for 60 s still");
    }

    @Test
    void letsAMutedPersonListenAndSaysHowLong() {
        TestClient bob = guest("bob", "/fishing", HIS);
        order("{'type':'mute','user':'bob','duration':600,'reason':'calm down'}");
        bob.expectExactly("{'type':'mute','user':'bob','by':'root','duration':600,'reason':'calm down'}");
        bob.say("but");
        JsonNode error = bob.expectError(403);
        assertEquals(600, error.get("retryAfter").asInt());
        assertTrue(error.get("message").asString().contains("calm down"));
        bob.send("{'type':'typing'}");
        bob.expectError(403);
        admin.say("now listen");
        bob.await("message");
        bob.identify("rob");
        bob.say("a new name");
        bob.expectError(403);
        TestClient again = guest("bobby", "/fishing", HIS);
        again.say("a new connection");
        again.expectError(403);
        TestClient elsewhere = guest("bobo", "/boats", HIS);
        elsewhere.say("another channel");
        elsewhere.await("message");
        elsewhere.send("{'type':'join','channel':'fishing'}");
        elsewhere.await("connection");
        elsewhere.send("{'type':'message','text':'by way of another','channel':'fishing'}");
        elsewhere.expectError(403);
        server.advance(Duration.ofSeconds(599));
        bob.say("soon");
        bob.await("heartbeat");
    }

    @Test
    void letsAMutedPersonSpeakWhenTheTimeIsUpOrItIsTakenBack() {
        TestClient bob = guest("bob", "/fishing", HIS);
        order("{'type':'mute','user':'bob','duration':60}");
        bob.await("mute");
        server.advance(Duration.ofSeconds(61));
        bob.say("free");
        bob.await("message");
        order("{'type':'mute','user':'bob'}");
        bob.expectExactly("{'type':'mute','user':'bob','by':'root'}");
        bob.say("no");
        assertTrue(bob.expectError(403).path("retryAfter").isMissingNode(), "for good");
        order("{'type':'unmute','user':'bob'}");
        bob.expectExactly("{'type':'unmute','user':'bob','by':'root'}");
        bob.say("free");
        bob.await("message");
    }

    @Test
    void shutsAGuestOutByNameAndAddress() {
        TestClient bob = guest("bob", "/fishing", HIS);
        TestClient second = guest("rob", "/fishing", HIS);
        TestClient watching = comer("/fishing", HIS);
        TestClient carol = guest("carol", "/fishing", OTHER);
        order("{'type':'ban','user':'bob','duration':86400,'reason':'spam'}");
        String notice = "{'type':'ban','user':'bob','by':'root','duration':86400,'reason':'spam'}";
        bob.expectExactly(notice);
        bob.expectClose(4504);
        second.expectClose(4504);
        watching.expectClose(4504);
        carol.expectExactly(notice);
        carol.say("good");
        carol.await("message");
        TestClient refused = open("/fishing", HIS);
        expectRefused(refused, "spam");
        refused.expectClose(4504);
        TestClient since =
                TestClient.open(RawSocket.connect(server.port()), "/fishing?since=1", Map.of("X-Forwarded-For", HIS));
        since.expectError(403);
        since.expectClose(4504);
        TestClient elsewhere = guest("bob", "/boats", HIS);
        elsewhere.send("{'type':'join','channel':'fishing'}");
        expectRefused(elsewhere, "banned");
        elsewhere.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Jos\u00e9", "JOSE\u0301", "\uff2a\uff4f\uff53\u00e9", "jo\u034fse\u0301", "jos\u00e9\ufe0f"})
    void knowsANameInEverySpelling(String spelling) {
        guest("jos\u00e9", "/fishing", HIS);
        order("{'type':'ban','user':'jos\u00e9'}");
        assertEquals("banned", reason(comer("/fishing", OTHER), spelling));
    }

    @Test
    void letsNobodyResumeWhatIsBanned() {
        TestClient bob = comer("/fishing", HIS);
        bob.send("{'type':'identity','user':'bob'}");
        String secret = bob.await("identity").get("resume").asString();
        server.advance(GRACE);
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        TestClient again = comer("/fishing", OTHER);
        again.send("{'type':'identity','user':'bob','resume':'" + secret + "'}");
        assertEquals("banned", again.await("identity").get("reason").asString());
        TestClient boats = comer("/boats", OTHER);
        assertEquals("granted", reason(boats, "bob"));
        boats.send("{'type':'join','channel':'fishing'}");
        boats.expectError(403);
    }

    @Test
    void looksAtTheAddressThatTheProxyGave() {
        guest("bob", "/fishing", HIS);
        order("{'type':'ban','user':'bob'}");
        open("/fishing", "198.51.100.7, " + HIS).expectClose(4504);
        TestClient other = guest("carol", "/fishing", HIS + ", " + OTHER);
        other.say("what stands before is not believed");
        other.await("message");
    }

    @Test
    void believesNobodyElse() {
        server.close();
        server = TestServer.with("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", PASSWORD);
        admin = logIn("root", "/fishing", "");
        TestClient bob = guest("bob", "/fishing", "");
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        open("/fishing", OTHER).expectClose(4504);
        admin.say("an account is not its address");
        admin.await("message");
    }

    @Test
    void neverBansTheProxyItself() {
        TestClient bob = guest("bob", "/fishing", "");
        TestClient carol = guest("carol", "/fishing", "");
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        carol.await("ban");
        carol.say("still here");
        carol.await("message");
        assertEquals("banned", reason(comer("/fishing", ""), "bob"));
    }

    @Test
    void endsByTheTimeThatPasses() {
        guest("bob", "/fishing", HIS);
        order("{'type':'ban','user':'bob','duration':60}");
        server.time().stepClock(Duration.ofDays(1));
        open("/fishing", HIS).expectClose(4504);
        server.time().stepClock(Duration.ofDays(-2));
        server.advance(Duration.ofSeconds(58));
        open("/fishing", HIS).expectClose(4504);
        server.advance(Duration.ofSeconds(4));
        guest("bob", "/fishing", HIS);
    }

    @Test
    void lastsOverARestart(@TempDir Path dir) {
        server.close();
        String url = "jdbc:sqlite:" + dir.resolve("weir.db");
        server = start(url);
        admin = logIn("root", "/fishing", HERS);
        guest("bob", "/fishing", HIS);
        registered("eve", "/fishing", OTHER);
        order("{'type':'ban','user':'bob'}");
        order("{'type':'ban','user':'eve','duration':3600}");
        server.close();
        server = start(url);
        open("/fishing", HIS).expectClose(4504);
        TestClient eve = comer("/fishing", OTHER);
        eve.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "'}");
        expectRefused(eve, "banned");
        admin = logIn("root", "/fishing", HERS);
        order("{'type':'unban','user':'bob'}");
        order("{'type':'unban','user':'eve'}");
        guest("bob", "/fishing", HIS);
        logIn("eve", "/fishing", OTHER);
    }

    @Test
    void shutsAnAccountOutWhereverItComesFrom() {
        TestClient eve = registered("eve", "/fishing", HIS);
        TestClient second = logIn("eve", "/boats", OTHER);
        second.send("{'type':'join','channel':'fishing'}");
        second.await("connection");
        order("{'type':'ban','user':'eve'}");
        eve.expectClose(4504);
        second.await("ban");
        assertEquals("fishing", second.await("leave").get("channel").asString());
        second.send("{'type':'join','channel':'fishing'}");
        second.expectError(403);
        TestClient again = comer("/fishing", "192.0.2.9");
        again.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "'}");
        expectRefused(again, "banned");
        again.say("hi");
        again.expectError(401);
        TestClient room = comer("/boats", OTHER);
        room.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "','room':'fishing'}");
        room.await("auth");
        room.expectError(403);
    }

    @Test
    void bansEverywhereByAdminsOnly() {
        TestClient mod = registered("mod", "/fishing", "192.0.2.8");
        order("{'type':'role','user':'mod','role':'moderator'}");
        mod.expectExactly("{'type':'role','user':'mod','by':'root','role':'moderator'}");
        TestClient eve = registered("eve", "/boats", HIS);
        TestClient near = logIn("eve", "/fishing", HIS);
        mod.send("{'type':'ban','user':'eve','channel':'*'}");
        mod.expectError(403);
        order("{'type':'ban','user':'eve','channel':'*'}");
        eve.expectExactly("{'type':'ban','user':'eve','by':'root','channel':'*'}");
        eve.expectClose(4504);
        near.expectClose(4504);
        TestClient lakes = comer("/lakes", OTHER);
        lakes.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "'}");
        expectRefused(lakes, "this server");
        order("{'type':'unban','user':'eve','channel':'*'}");
        logIn("eve", "/lakes", OTHER);
    }

    @Test
    void deletesWhatOthersSaidAndTellsWho() {
        TestClient mod = registered("mod", "/fishing", OTHER);
        order("{'type':'role','user':'mod','role':'moderator'}");
        mod.await("role");
        TestClient bob = guest("bob", "/fishing", HIS);
        bob.say("rubbish");
        long id = bob.await("message").get("id").asLong();
        mod.await("heartbeat");
        mod.await("message");
        mod.send("{'type':'delete','id':" + id + "}");
        bob.expectExactly("{'type':'delete','id':" + id + ",'user':'mod'}");
        order("{'type':'role','user':'mod','role':'member'}");
        mod.await("delete");
        mod.await("role");
        bob.say("more");
        bob.await("role");
        long another = bob.await("message").get("id").asLong();
        mod.await("message");
        mod.send("{'type':'delete','id':" + another + "}");
        mod.expectError(403);
    }

    @Test
    void saysWhatIsWrong() {
        admin.send("{'type':'kick','user':'nobody'}");
        admin.expectError(404);
        admin.send("{'type':'kick','user':'root'}");
        admin.expectError(403);
        admin.send("{'type':'mute','user':'bob','duration':0}");
        admin.expectError(400);
        admin.send("{'type':'mute','user':'bob','duration':'long'}");
        admin.expectError(400);
        admin.send("{'type':'ban'}");
        admin.expectError(400);
        admin.send("{'type':'unban','user':'bob'}");
        admin.expectError(404);
        admin.send("{'type':'role','user':'bob','role':'king'}");
        admin.expectError(400);
        admin.send("{'type':'role','user':'bob','role':'moderator'}");
        admin.expectError(400);
        admin.send("{'type':'kick','user':'bob','channel':'lakes'}");
        admin.expectError(403);
        TestClient nobody = comer("/fishing", HIS);
        nobody.send("{'type':'kick','user':'root'}");
        nobody.expectError(401);
    }
}
