package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Section 7 of the protocol: moderation actions. */
class ModerationTest extends ModeratedChannel {
    @Test
    void notifiesTheChannelAndTheTargetBeforeTheKick() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        TestClient carol = connect("/fishing", OTHER);
        order("{'type':'kick','user':'BOB','reason':'enough'}");
        String notice = "{'type':'kick','user':'BOB','by':'root','reason':'enough'}";
        carol.expectExactly(notice);
        bob.expectExactly(notice);
        bob.expectClose(4503);
        guest("bob", "/fishing", GUEST_ADDRESS);
    }

    @Test
    void kicksFromAJoinedChannelWithoutDisconnecting() {
        TestClient bob = guest("bob", "/boats", GUEST_ADDRESS);
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
        JsonNode error = bob.expectError(403);
        assertEquals("banned", error.get("reason").asString());
        assertEquals(60, error.get("retryAfter").asInt());
    }

    @Test
    void letsAMutedUserReceiveAndSendsRetryAfter() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
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
        bob.send("{'type':'logout'}");
        bob.await("logout");
        TestClient again = guest("bob", "/fishing", GUEST_ADDRESS);
        again.say("a new connection");
        again.expectError(403);
        again.send("{'type':'logout'}");
        again.await("logout");
        TestClient elsewhere = guest("bob", "/boats", GUEST_ADDRESS);
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
    void letsAMutedUserSendAfterTheDurationOrAnUnmute() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
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
    void allowsGlobalBansToAdminsOnly() {
        TestClient mod = registered("mod", "/fishing", "192.0.2.8");
        order("{'type':'role','user':'mod','role':'moderator'}");
        mod.expectExactly("{'type':'role','user':'mod','by':'root','role':'moderator'}");
        TestClient eve = registered("eve", "/boats", GUEST_ADDRESS);
        TestClient near = logIn("eve", "/fishing", GUEST_ADDRESS);
        mod.send("{'type':'ban','user':'eve','channel':'*'}");
        mod.expectError(403);
        order("{'type':'ban','user':'eve','channel':'*'}");
        eve.expectExactly("{'type':'ban','user':'eve','by':'root','channel':'*'}");
        eve.expectClose(4504);
        near.expectClose(4504);
        TestClient lakes = connect("/lakes", OTHER);
        lakes.send("{'type':'auth','username':'eve','password':'" + PASSWORD + "'}");
        expectRefused(lakes, "this server");
        order("{'type':'unban','user':'eve','channel':'*'}");
        logIn("eve", "/lakes", OTHER);
    }

    @Test
    void deletesMessagesOfOthersAndNamesTheModerator() {
        TestClient mod = registered("mod", "/fishing", OTHER);
        order("{'type':'role','user':'mod','role':'moderator'}");
        mod.await("role");
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        bob.say("rubbish");
        long id = bob.await("message").get("id").asLong();
        mod.await("heartbeat");
        mod.await("message");
        mod.send("{'type':'delete','id':" + id + "}");
        bob.expectChange("{'type':'delete','id':" + id + ",'user':'mod'}");
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
    void explainsInvalidActions() {
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
        TestClient nobody = connect("/fishing", GUEST_ADDRESS);
        nobody.send("{'type':'kick','user':'root'}");
        nobody.expectError(401);
    }
}
