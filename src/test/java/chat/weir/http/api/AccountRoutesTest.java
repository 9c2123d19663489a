package chat.weir.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.account.Account;
import chat.weir.http.Answer;
import chat.weir.http.TestApi;
import chat.weir.protocol.UserName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountRoutesTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private Answer register(String username, String password) {
        return api.call("POST", "/api/accounts")
                .json(TestApi.credentials(username, password))
                .send();
    }

    private Answer list(String query) {
        return api.get("/api/accounts" + query).bearer(TestApi.KEY).send();
    }

    private static List<String> users(Answer answer) {
        return answer.expect(200)
                .json()
                .get("accounts")
                .valueStream()
                .map(a -> a.get("user").asString())
                .toList();
    }

    @Test
    void registersAnAccount() {
        Answer answer = register(" alice ", TestApi.PASSWORD).expect(201);
        assertEquals("{\"user\":\"alice\",\"created\":\"2026-01-01T00:00:00Z\"}", answer.text());
        assertEquals(
                "/api/accounts/me",
                answer.response().uri().resolve(answer.header("Location")).getRawPath());
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void listsTheBlocksOfTheCaller() {
        String alice = api.registered("alice");
        api.registered("Bob");
        Account account =
                api.accounts().find(UserName.parse("alice").orElseThrow()).orElseThrow();
        assertEquals("{\"blocks\":[]}", blocks(alice));
        api.blocks().add(account.id(), UserName.parse("BOB").orElseThrow());
        api.blocks().add(account.id(), UserName.parse("Guest").orElseThrow());
        assertEquals("{\"blocks\":[\"Bob\",\"guest\"]}", blocks(alice));
        api.get("/api/accounts/me/blocks").bearer(TestApi.KEY).send().problem(403);
    }

    private String blocks(String token) {
        return api.get("/api/accounts/me/blocks")
                .bearer(token)
                .send()
                .expect(200)
                .text();
    }

    @Test
    void refusesATakenNameInAnySpelling() {
        register("alice", TestApi.PASSWORD).expect(201);
        assertFalse(register("ALICE", TestApi.PASSWORD).problem(409).isEmpty());
    }

    @Test
    void refusesANameThatAGuestTakesWhileThePasswordIsHashed() {
        api.channels().addGuestAfterNextLookUp("bob");
        assertTrue(register("bob", TestApi.PASSWORD).problem(409).contains("guest"));
        assertEquals(List.of(), users(list("")), "there is no account");
    }

    @Test
    void looksForGuestsOnlyWithinTheAttemptLimit() {
        for (int i = 0; i < 30; i++) {
            register("user" + i, "short").problem(400);
        }
        assertEquals(0, api.channels().lookUps(), "the password is bad");
        api.channels().setSecret("bob", "secret");
        int limited = 0;
        for (int i = 0; i < 60; i++) {
            Answer answer = api.call("POST", "/api/accounts")
                    .from("192.0.2.7")
                    .json(TestApi.credentials("bob", TestApi.PASSWORD))
                    .send();
            limited += answer.status() == 429 ? 1 : 0;
        }
        assertEquals(40, limited);
        assertEquals(20, api.channels().lookUps());
    }

    @Test
    void namesTheViolatedRule() {
        assertTrue(register("a b", TestApi.PASSWORD).problem(400).contains("name"));
        assertTrue(register("alice", "short").problem(400).contains("password"));
    }

    @Test
    void returnsTheOwnAccount() {
        String token = api.registered("alice");
        assertEquals(
                "{\"user\":\"alice\",\"role\":\"member\",\"created\":\"2026-01-01T00:00:00Z\"}",
                api.get("/api/accounts/me").bearer(token).send().expect(200).text());
    }

    @Test
    void changesThePassword() {
        String token = api.registered("alice");
        String change = "{\"current\":\"" + TestApi.PASSWORD + "\",\"new\":\"another password\"}";
        api.call("PUT", "/api/accounts/me/password")
                .bearer(token)
                .json(change)
                .send()
                .expect(204);
        api.call("PUT", "/api/accounts/me/password")
                .bearer(token)
                .json(change)
                .send()
                .problem(403);
        api.call("POST", "/api/sessions")
                .json(TestApi.credentials("alice", "another password"))
                .send()
                .expect(201);
    }

    @Test
    void deletesTheAccount() {
        String token = api.registered("alice");
        Answer answer =
                api.call("DELETE", "/api/accounts/me").bearer(token).send().expect(204);
        assertEquals("", answer.text());
        api.get("/api/accounts/me").bearer(token).send().problem(401);
        register("alice", TestApi.PASSWORD).expect(201);
    }

    @Test
    void deletesTheAccountWithItsMessages() {
        String token = api.registered("alice");
        String problem = api.call("DELETE", "/api/accounts/me?messages=remove")
                .bearer(token)
                .send()
                .problem(400);
        assertEquals("messages must be keep or delete", problem);
        api.get("/api/accounts/me").bearer(token).send().expect(200);
        api.call("DELETE", "/api/accounts/me?messages=delete")
                .bearer(token)
                .send()
                .expect(204);
        api.get("/api/accounts/me").bearer(token).send().problem(401);
        token = api.registered("alice");
        api.call("DELETE", "/api/accounts/me?messages=keep")
                .bearer(token)
                .send()
                .expect(204);
    }

    @Test
    void listsAccountsInPages() {
        IntStream.rangeClosed(1, 5).forEach(i -> api.registered("user" + i));
        api.registered("alice");
        Answer first = list("?prefix=USER&limit=3");
        assertEquals(List.of("user1", "user2", "user3"), users(first));
        assertEquals("user3", first.get("next"));
        Answer second = list("?prefix=USER&limit=3&after=user3");
        assertEquals(List.of("user4", "user5"), users(second));
        assertFalse(second.json().has("next"));
        assertEquals(List.of("user4", "user5"), users(list("?prefix=user&limit=2&after=user3")));
        assertFalse(list("?prefix=user&limit=2&after=user3").json().has("next"));
        assertEquals(6, users(list("")).size());
        assertEquals(List.of(), users(list("?prefix=nobody")));
    }

    @Test
    void listsOnlineAccounts() {
        api.registered("alice");
        api.registered("bob");
        Account bob = api.accounts().find(UserName.parse("bob").orElseThrow()).orElseThrow();
        api.logins().add(bob, null, reason -> {});
        JsonNode accounts = list("").json().get("accounts");
        assertFalse(accounts.get(0).get("online").asBoolean());
        assertTrue(accounts.get(1).get("online").asBoolean());
    }

    @Test
    void refusesTheListWithoutALogin() {
        assertEquals("Bearer", api.get("/api/accounts").send().header("WWW-Authenticate"));
        api.get("/api/accounts").send().problem(401);
        api.get("/api/accounts").bearer("nonsense").send().problem(401);
        api.get("/api/accounts").bearer(api.registered("alice")).send().expect(200);
    }

    @Test
    void refusesApiKeys() {
        api.get("/api/accounts/me").bearer(TestApi.KEY).send().problem(403);
        api.call("DELETE", "/api/accounts/me").bearer(TestApi.KEY).send().problem(403);
    }

    @Test
    void limitsTheRegistrationsOfOneAddress() {
        for (int i = 0; i < 20; i++) {
            api.call("POST", "/api/accounts")
                    .from("192.0.2.1")
                    .json(TestApi.credentials("user" + i, TestApi.PASSWORD))
                    .send()
                    .expect(201);
        }
        Answer refused = api.call("POST", "/api/accounts")
                .from("192.0.2.1")
                .json(TestApi.credentials("user20", TestApi.PASSWORD))
                .send();
        refused.problem(429);
        assertEquals("6", refused.header("Retry-After"));
        register("user20", TestApi.PASSWORD).expect(201);
    }
}
