package chat.weir.functional.replaced;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The use cases of juanCortelezzi's Websocket-chat-server. A ref replaces its callbacks. */
class CortelezziChatTest {
    private TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(String... settings) {
        server.close();
        server = TestServer.with(settings);
    }

    /** Makes clients receive presence events from now on. */
    private void watch(TestClient... clients) {
        server.advance(Duration.ofSeconds(2));
        for (TestClient client : clients) {
            client.receivePresenceFromNowOn();
        }
    }

    @Test
    void loginWithACallbackIsIdentityAndJoinWithARef() {
        TestClient bob = server.connectAs("bob", "/boats");
        TestClient alice = server.connect("/lobby?heartbeat=pong");
        alice.send("{'type':'identity','user':'no spaces','ref':'1'}");
        JsonNode refused = alice.expect("identity");
        assertEquals("false", refused.get("success").asString());
        assertEquals("invalid", refused.get("reason").asString());
        assertEquals("1", refused.get("ref").asString());
        alice.send("{'type':'identity','ref':'2'}");
        alice.expectExactly(
                "{'type':'error','code':400,'reason':'missing_field','message':'user is missing','ref':'2'}");
        alice.send("{'type':'identity','user':'bob','ref':'3'}");
        assertEquals("true", alice.expect("identity").get("success").asString());
        alice.send("{'type':'join','channel':'boats','ref':'4'}");
        assertEquals("4", alice.expectError(409).get("ref").asString());
        alice.send("{'type':'join','channel':'no//room','ref':'5'}");
        assertEquals("5", alice.expectError(400).get("ref").asString());

        alice.send("{'type':'identity','user':'alice','ref':'6'}");
        JsonNode granted = alice.expect("identity");
        assertEquals("true", granted.get("success").asString());
        assertEquals("6", granted.get("ref").asString());
        alice.send("{'type':'join','channel':'boats','ref':'7'}");
        alice.expectExactly("{'type':'connection','id':'boats','ref':'7'}");
        server.advance(Duration.ofSeconds(6));
        assertEquals("true", alice.expect("heartbeat").get("authenticated").asString());
        alice.send("{'type':'message','text':'hello','channel':'boats'}");
        assertEquals("boats", alice.expect("message").get("channel").asString());
        assertEquals("alice", bob.expect("message").get("user").asString());
    }

    @Test
    void loginWithACallbackIsAuthWithRoomAndRef() {
        new TestApi(server.port()).register("alice", "correct horse");
        TestClient bob = server.connectAs("bob", "/boats");
        TestClient alice = server.connect("/lobby?heartbeat=pong");
        String login = "{'type':'auth','username':'alice','password':'correct horse','room':'boats','ref':'1'}";
        alice.send(login.replace("correct", "wrong"));
        assertEquals("1", alice.expectError(401).get("ref").asString());
        alice.send(login);
        // Both replies have the ref. They are sent through two channels, in any order.
        String first = alice.next().toString();
        String second = alice.next().toString();
        assertEquals(
                Set.of(
                        "{\"type\":\"auth\",\"code\":200,\"message\":\"Authentication complete\",\"user\":\"alice\",\"ref\":\"1\"}",
                        "{\"type\":\"connection\",\"id\":\"boats\",\"ref\":\"1\"}"),
                Set.of(first, second));
        alice.send("{'type':'message','text':'hello','channel':'boats'}");
        alice.expect("message");
        assertEquals("alice", bob.expect("message").get("user").asString());
    }

    @Test
    void notificationAndUsersAndLogoutHaveTheirNames() {
        TestClient bob = server.connectAs("bob", "/boats");
        watch(bob);
        TestClient alice = server.connectAs("alice", "/boats");
        bob.expectExactly("{'type':'notification','event':'joined','user':'alice','text':'alice joined'}");
        server.advance(Duration.ofSeconds(1));
        bob.expectExactly("{'type':'users','users':['alice','bob'],'count':2}");
        bob.send("{'type':'users','ref':'1'}");
        bob.expectExactly("{'type':'users','users':['alice','bob'],'count':2,'ref':'1'}");
        watch(alice);

        alice.send("{'type':'logout','ref':'2'}");
        alice.expectExactly("{'type':'logout','ref':'2'}");
        bob.expectExactly("{'type':'notification','event':'left','user':'alice','text':'alice left'}");
        alice.expectNothing();
        server.advance(Duration.ofSeconds(1));
        bob.expectExactly("{'type':'users','users':['bob'],'count':1}");
        alice.expectExactly("{'type':'heartbeat','authenticated':'false'}");
        alice.expectExactly("{'type':'users','users':['bob'],'count':1}");
        alice.say("as whom?");
        alice.expectError(401);
        bob.identify("alice");
        assertEquals("renamed", alice.expect("notification").get("event").asString());
    }

    @Test
    void encryptedRoomMessageIsDeliveredUnchanged() {
        TestClient alice = server.connectAs("alice", "/boats");
        TestClient bob = server.connectAs("bob", "/boats");
        byte[] secret = new byte[1_024];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (i * 7);
        }
        String[] texts = {
            Base64.getEncoder().encodeToString(secret),
            "  U2FsdGVkX1+/==\r\n\t",
            "\ud83c\udfa3\ud83d\udc69\u200d\ud83d\udc67 \ufb01 e\u0301 \u00e9 \u2028 \u202e \ufeff",
            "\"\\\u0001\u001f\u007f\uffff </script> \\ud83c",
        };
        for (String text : texts) {
            alice.say(text);
            for (TestClient client : new TestClient[] {alice, bob}) {
                assertArrayEquals(
                        text.getBytes(StandardCharsets.UTF_8),
                        client.expect("message").get("text").stringValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        bob.send("{'type':'history'}");
        JsonNode messages = bob.expect("history").get("messages");
        for (int i = 0; i < texts.length; i++) {
            assertEquals(texts[i], messages.get(i).get("text").stringValue());
        }
    }

    @Test
    void pingWithACallbackIsPingAndPongWithARef() {
        TestClient alice = server.connect("/boats?heartbeat=pong");
        TestClient bob = server.connect("/boats?heartbeat=pong");
        alice.send("{'type':'ping','ref':'1'}");
        JsonNode pong = alice.expect("pong");
        assertEquals("1", pong.get("ref").asString());
        assertTrue(pong.get("connection").isString(), pong::toString);
        assertEquals(
                server.time().clocks().clock().instant().getEpochSecond(),
                pong.get("timestamp").longValue());
        alice.send("{'type':'ping'}");
        JsonNode second = alice.expect("pong");
        assertFalse(second.has("ref"));
        assertEquals(pong.get("connection"), second.get("connection"));
        bob.send("{'type':'ping','ref':'1'}");
        assertFalse(pong.get("connection").equals(bob.expect("pong").get("connection")));
        alice.expectNothing();
    }

    private String handshake(String origin) {
        try (RawSocket browser = RawSocket.connect(server.port())) {
            browser.sendHandshake("/boats", Map.of("Origin", origin));
            return browser.readHeader().lines().findFirst().orElseThrow();
        }
    }

    @Test
    void allowedOriginPerDeploymentIsAllowedOrigins() {
        restart("ALLOWED_ORIGINS", "https://chat.example");
        assertEquals("HTTP/1.1 101 Switching Protocols", handshake("https://chat.example"));
        for (String wrong :
                new String[] {"https://evil.example", "http://chat.example", "https://chat.example.evil.example", "null"
                }) {
            assertTrue(handshake(wrong).startsWith("HTTP/1.1 403 "), wrong);
        }
        server.connect("/boats");
        restart("ALLOWED_ORIGINS", "https://other.example");
        assertTrue(handshake("https://chat.example").startsWith("HTTP/1.1 403 "), "another deployment");
        assertEquals("HTTP/1.1 101 Switching Protocols", handshake("https://other.example"));
    }
}
