package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 7 of the protocol: bans. */
class BanTest extends ModeratedChannel {
    @Test
    void bansAGuestByNameAndAddress() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        TestClient second = guest("rob", "/fishing", GUEST_ADDRESS);
        TestClient watching = connect("/fishing", GUEST_ADDRESS);
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
        TestClient refused = open("/fishing", GUEST_ADDRESS);
        expectRefused(refused, "spam");
        refused.expectClose(4504);
        TestClient since = TestClient.open(
                RawSocket.connect(server.port()), "/fishing?since=1", Map.of("X-Forwarded-For", GUEST_ADDRESS));
        since.expectError(403);
        since.expectClose(4504);
        TestClient elsewhere = guest("bob", "/boats", GUEST_ADDRESS);
        elsewhere.send("{'type':'join','channel':'fishing'}");
        expectRefused(elsewhere, "banned");
        elsewhere.expectNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Jos\u00e9", "JOSE\u0301", "\uff2a\uff4f\uff53\u00e9", "jo\u034fse\u0301", "jos\u00e9\ufe0f"})
    void bansANameInEverySpelling(String spelling) {
        guest("jos\u00e9", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'jos\u00e9'}");
        assertEquals("banned", reason(connect("/fishing", OTHER), spelling));
    }

    @Test
    void refusesToResumeABannedName() {
        TestClient bob = connect("/fishing", GUEST_ADDRESS);
        bob.send("{'type':'identity','user':'bob'}");
        String secret = bob.await("identity").get("resume").asString();
        server.advance(GRACE);
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        TestClient again = connect("/fishing", OTHER);
        again.send("{'type':'identity','user':'bob','resume':'" + secret + "'}");
        assertEquals("banned", again.await("identity").get("reason").asString());
        TestClient boats = connect("/boats", OTHER);
        assertEquals("granted", reason(boats, "bob"));
        boats.send("{'type':'join','channel':'fishing'}");
        boats.expectError(403);
    }

    @Test
    void bansTheAddressThatTheProxyForwards() {
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob'}");
        open("/fishing", "198.51.100.7, " + GUEST_ADDRESS).expectClose(4504);
        TestClient other = guest("carol", "/fishing", GUEST_ADDRESS + ", " + OTHER);
        other.say("only the last address counts");
        other.await("message");
    }

    @Test
    void ignoresForwardedAddressesOfOtherPeers() {
        stop();
        server = TestServer.with("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", PASSWORD);
        admin = logIn("root", "/fishing", "");
        TestClient bob = guest("bob", "/fishing", "");
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        open("/fishing", OTHER).expectClose(4504);
        admin.say("the ban does not concern accounts");
        admin.await("message");
    }

    @Test
    void neverBansTheAddressOfTheProxy() {
        TestClient bob = guest("bob", "/fishing", "");
        TestClient carol = guest("carol", "/fishing", "");
        order("{'type':'ban','user':'bob'}");
        bob.expectClose(4504);
        carol.await("ban");
        carol.say("still here");
        carol.await("message");
        assertEquals("banned", reason(connect("/fishing", ""), "bob"));
    }

    @Test
    void endsAfterItsDurationWhateverTheClockShows() {
        guest("bob", "/fishing", GUEST_ADDRESS);
        order("{'type':'ban','user':'bob','duration':60}");
        server.time().stepClock(Duration.ofDays(1));
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
        server.time().stepClock(Duration.ofDays(-2));
        server.advance(Duration.ofSeconds(58));
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
        server.advance(Duration.ofSeconds(4));
        guest("bob", "/fishing", GUEST_ADDRESS);
    }

    @Test
    void survivesARestart(@TempDir Path dir) {
        stop();
        String url = "jdbc:sqlite:" + dir.resolve("weir.db");
        server = start(url);
        admin = logIn("root", "/fishing", ADMIN_ADDRESS);
        guest("bob", "/fishing", GUEST_ADDRESS);
        registered("eve", "/fishing", OTHER);
        order("{'type':'ban','user':'bob'}");
        order("{'type':'ban','user':'eve','duration':3600}");
        stop();
        server = start(url);
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
        TestClient eve = connect("/fishing", OTHER);
        eve.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "'}");
        expectRefused(eve, "banned");
        admin = logIn("root", "/fishing", ADMIN_ADDRESS);
        order("{'type':'unban','user':'bob'}");
        order("{'type':'unban','user':'eve'}");
        guest("bob", "/fishing", GUEST_ADDRESS);
        logIn("eve", "/fishing", OTHER);
    }

    @Test
    void bansAnAccountFromEveryAddress() {
        TestClient eve = registered("eve", "/fishing", GUEST_ADDRESS);
        TestClient second = logIn("eve", "/boats", OTHER);
        second.send("{'type':'join','channel':'fishing'}");
        second.await("connection");
        order("{'type':'ban','user':'eve'}");
        eve.expectClose(4504);
        second.await("ban");
        assertEquals("fishing", second.await("leave").get("channel").asString());
        second.send("{'type':'join','channel':'fishing'}");
        second.expectError(403);
        TestClient again = connect("/fishing", "192.0.2.9");
        again.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "'}");
        expectRefused(again, "banned");
        again.say("hi");
        again.expectError(401);
        TestClient room = connect("/boats", OTHER);
        room.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "','room':'fishing'}");
        room.await("auth");
        room.expectError(403);
    }
}
