package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The targets of moderation actions by name, which are the same for WebSocket and HTTP. */
class ModerationTargetsTest extends ModeratedChannel {
    private TestApi api() {
        return new TestApi(server.port());
    }

    private void sanction(boolean overHttp, String action, String user, String channel) {
        if (overHttp) {
            TestApi.Answer answer = api().send(
                            "POST",
                            "/api/" + action + "s",
                            api().logIn("root", PASSWORD),
                            "{'user':'" + user + "','channel':'" + channel + "'}");
            assertEquals(201, answer.status(), answer::toString);
        } else {
            order("{'type':'" + action + "','user':'" + user + "','channel':'" + channel + "'}");
        }
    }

    private void lift(boolean overHttp, String action, String user, String channel) {
        if (overHttp) {
            TestApi.Answer answer = api().send(
                            "DELETE",
                            "/api/" + action + "s?user=" + user + "&channel=" + channel,
                            api().logIn("root", PASSWORD),
                            null);
            assertEquals(204, answer.status(), answer::toString);
        } else {
            order("{'type':'un" + action + "','user':'" + user + "','channel':'" + channel + "'}");
        }
    }

    private JsonNode bans() {
        return api().send("GET", "/api/bans", api().logIn("root", PASSWORD), null)
                .body()
                .get("bans");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resolvesANameAlikeEverywhere(boolean overHttp) {
        TestClient bob = guest("bob", "/boats", GUEST_ADDRESS);
        String resume =
                request(bob, "{'type':'identity','user':'bob'}").get("resume").asString();
        assertEquals(201, register("bob", resume).status());
        sanction(overHttp, "ban", "bob", "*");
        assertEquals(1, bans().size());
        assertTrue(bans().get(0).get("account").asBoolean(), "the account, because any guest could be found");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void liftsAllSanctionsOfAName(boolean overHttp) {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        sanction(false, "ban", "bob", "fishing");
        bob.expectClose(4504);
        TestClient second = guest("bob", "/boats", OTHER);
        String resume = request(second, "{'type':'identity','user':'bob'}")
                .get("resume")
                .asString();
        lift(false, "ban", "bob", "fishing");
        assertEquals(201, register("bob", resume).status());
        second.close();
        TestClient account = logIn("bob", "/fishing", OTHER);
        sanction(true, "ban", "bob", "fishing");
        account.expectClose(4504);
        assertEquals(1, bans().size());
        server.advance(Duration.ofSeconds(2));
        assertEquals(
                204,
                api().send("DELETE", "/api/accounts/me", api().logIn("bob", PASSWORD), null)
                        .status());
        // A different guest with the same name: the ban of the deleted account remains in addition.
        TestClient third = guest("bob", "/boats", ADMIN_ADDRESS);
        sanction(true, "ban", "bob", "fishing");
        assertEquals(2, bans().size());
        lift(overHttp, "ban", "bob", "fishing");
        assertEquals(0, bans().size());
        third.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sanctionsASenderWhoHasLeft(boolean overHttp) {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        bob.say("spam");
        bob.await("message");
        bob.close();
        server.advance(Duration.ofMinutes(9));
        TestClient again = connect("/fishing", GUEST_ADDRESS);
        sanction(overHttp, "ban", "bob", "fishing");
        again.expectClose(4504);
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
        connect("/fishing", OTHER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sanctionsASenderWhoHasRenamed(boolean overHttp) {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        bob.say("spam");
        bob.await("message");
        assertEquals(
                "true",
                request(bob, "{'type':'identity','user':'rob'}").get("success").asString());
        sanction(overHttp, "ban", "bob", "fishing");
        bob.expectClose(4504);
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
    }

    @Test
    void sanctionsASenderWhoHasLeftEverywhere() {
        TestClient bob = guest("bob", "/boats", GUEST_ADDRESS);
        bob.say("spam");
        bob.await("message");
        bob.close();
        sanction(false, "ban", "bob", "*");
        open("/anywhere", GUEST_ADDRESS).expectClose(4504);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sanctionsAUserInSeveralChannelsFromOneNetwork(boolean overHttp) {
        TestClient bob = guest("bob", "/boats", "2001:db8::1");
        TestClient second = guest("BOB", "/lakes", "2001:db8::2");
        sanction(overHttp, "ban", "bob", "*");
        bob.expectClose(4504);
        second.expectClose(4504);
        open("/anywhere", "2001:db8::3").expectClose(4504);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sanctionsASenderInSeveralChannelsFromOneNetwork(boolean overHttp) {
        for (String name : new String[] {"bob", "BOB"}) {
            TestClient bob = guest(name, "/" + name, "2001:db8::" + name.length() + (name.equals("bob") ? "1" : "2"));
            bob.say("spam");
            bob.await("message");
            bob.close();
        }
        sanction(overHttp, "ban", "bob", "*");
        open("/anywhere", "2001:db8::3").expectClose(4504);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fishing", "*"})
    void sanctionsASenderWhoHasDeletedTheirAccount(String channel) {
        TestClient eve = registered("eve", "/fishing", GUEST_ADDRESS);
        eve.say("spam");
        eve.await("message");
        assertEquals(
                204,
                api().send("DELETE", "/api/accounts/me", api().logIn("eve", PASSWORD), null)
                        .status());
        eve.expectClose(1008);
        TestClient again = connect("/fishing", GUEST_ADDRESS);
        sanction(false, "ban", "eve", channel);
        again.expectClose(4504);
        open("/fishing", GUEST_ADDRESS).expectClose(4504);
        assertEquals("banned", reason(connect("/fishing", OTHER), "eve"));
        lift(true, "ban", "eve", channel);
        connect("/fishing", GUEST_ADDRESS);
    }

    @Test
    void mutesASenderWhoHasLeft() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        bob.say("spam");
        bob.await("message");
        bob.close();
        sanction(false, "mute", "bob", "fishing");
        expectMuted(connect("/fishing", GUEST_ADDRESS));
    }

    private static void expectMuted(TestClient client) {
        client.send("{'type':'identity','user':'robert'}");
        client.expectError(403);
    }

    @Test
    void prefersAConnectedUserToAFormerOne() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        bob.say("spam");
        bob.await("message");
        request(bob, "{'type':'identity','user':'rob'}");
        TestClient other = guest("bob", "/fishing", OTHER);
        sanction(false, "ban", "bob", "fishing");
        other.expectClose(4504);
        assertEquals("rob", bob.ask("'type':'users'").get("users").get(0).asString());
    }

    @Test
    void forgetsSendersAfterTenMinutes() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        bob.say("long ago");
        bob.await("message");
        bob.close();
        server.advance(Duration.ofMinutes(11));
        sanction(true, "ban", "bob", "fishing");
        connect("/fishing", GUEST_ADDRESS);
    }

    @Test
    void limitsTheActionsOfAModerator() throws Exception {
        String token = api().logIn("root", PASSWORD);
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/bans"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"user\":\"g" + i + "\",\"channel\":\"fishing\"}"))
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() == 429) {
                refused++;
                assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
            }
        }
        assertEquals(40, refused);
        admin.send("{'type':'kick','user':'nobody','ref':'too many'}");
        admin.send("{'type':'ban','user':'bob','ref':'over the socket too'}");
        JsonNode error = answer(admin, "over the socket too");
        assertEquals(429, error.get("code").asInt(), error::toString);
        assertEquals(1, error.get("retryAfter").asDouble());
        server.advance(Duration.ofSeconds(1));
        order("{'type':'ban','user':'bob'}");
    }

    private static JsonNode request(TestClient client, String json) {
        client.send(json.replace("}", ",'ref':'told'}"));
        return answer(client, "told");
    }

    private TestApi.Answer register(String name, String resume) {
        return api().register(name, PASSWORD, resume);
    }

    @Test
    void refusesToRegisterANameThatAnotherUses() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        String resume =
                request(bob, "{'type':'identity','user':'bob'}").get("resume").asString();
        for (String name : new String[] {"bob", "BOB", "\uff42ob"}) {
            assertEquals(409, api().register(name, PASSWORD).status());
            assertEquals(409, register(name, "wrong").status());
            assertEquals(409, register(name, resume.substring(1)).status());
        }
        bob.say("still here");
        bob.await("message");
        assertEquals(201, register("bob", resume).status());
        bob.say("not thrown out either");
        bob.await("message");
        assertEquals("auth", type(request(bob, "{'type':'auth','username':'bob','password':'" + PASSWORD + "'}")));
        bob.say("as the account");
        assertEquals("bob", bob.await("message").get("user").asString());
    }

    private static String type(JsonNode envelope) {
        return envelope.get("type").asString();
    }

    @Test
    void refusesToRegisterANameThatIsPending() {
        TestClient bob = connect("/fishing", GUEST_ADDRESS);
        bob.identify("bob");
        assertEquals(409, api().register("bob", PASSWORD).status());
        request(bob, "{'type':'logout'}");
        assertEquals(201, api().register("bob", PASSWORD).status());
    }

    @Test
    void registersANameWithItsSecretUnlessAnotherUsesItElsewhere() {
        TestClient bob = guest("bob", "/fishing", GUEST_ADDRESS);
        String resume =
                request(bob, "{'type':'identity','user':'bob'}").get("resume").asString();
        TestClient other = guest("bob", "/boats", OTHER);
        assertEquals(409, register("bob", resume).status());
        request(other, "{'type':'logout'}");
        request(bob, "{'type':'join','channel':'boats'}");
        assertEquals(201, register("bob", resume).status(), "the same user in both channels");
    }
}
