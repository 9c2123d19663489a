package chat.weir.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import chat.weir.testing.TestApi;
import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** A server with an admin in the channel fishing, and with a trusted proxy that forwards the guests' addresses. */
abstract class ModeratedChannel {
    static final String PASSWORD = "correct horse";
    static final Duration GRACE = Duration.ofSeconds(6);
    static final String ADMIN_ADDRESS = "192.0.2.1";
    static final String GUEST_ADDRESS = "192.0.2.2";
    static final String OTHER = "192.0.2.3";

    /** Keeps references to all clients: otherwise the garbage collector could close their sockets. */
    final List<TestClient> clients = new ArrayList<>();

    TestServer server = start("none");
    TestClient admin = logIn("root", "/fishing", ADMIN_ADDRESS);

    @AfterEach
    void stop() {
        clients.forEach(TestClient::close);
        server.close();
    }

    static TestServer start(String database) {
        return TestServer.with(
                "ADMIN_USERNAME", "root",
                "ADMIN_PASSWORD", PASSWORD,
                "TRUSTED_PROXIES", "127.0.0.1",
                "DATABASE_URL", database,
                "MESSAGE_RATE", "0");
    }

    /** Connects a client through the trusted proxy. */
    TestClient open(String path, String address) {
        TestClient client = TestClient.open(
                RawSocket.connect(server.port()),
                path + "?heartbeat=pong",
                address.isEmpty() ? Map.of() : Map.of("X-Forwarded-For", address));
        clients.add(client);
        return client;
    }

    TestClient connect(String path, String address) {
        TestClient client = open(path, address);
        client.expect("connection");
        client.expectNothing();
        return client;
    }

    TestClient guest(String name, String path, String address) {
        TestClient client = connect(path, address);
        client.identify(name);
        server.advance(GRACE);
        assertEquals("true", client.await("heartbeat").get("authenticated").asString());
        return client;
    }

    TestClient logIn(String name, String path, String address) {
        TestClient client = connect(path, address);
        client.send("{'type':'auth','username':'" + name + "','password':'" + PASSWORD + "'}");
        client.await("auth");
        return client;
    }

    TestClient registered(String name, String path, String address) {
        assertEquals(201, new TestApi(server.port()).register(name, PASSWORD).status());
        return logIn(name, path, address);
    }

    /** Registers the current name of a guest. */
    void registerOwnName(TestClient guest, String name) {
        String resume = guest.ask("'type':'identity','user':'" + name + "'")
                .get("resume")
                .asString();
        assertEquals(
                201, new TestApi(server.port()).register(name, PASSWORD, resume).status());
    }

    static JsonNode answer(TestClient client, String ref) {
        JsonNode envelope = client.next();
        while (!envelope.path("ref").asString("").equals(ref)) {
            envelope = client.next();
        }
        return envelope;
    }

    void order(String json) {
        admin.send(json.replace("}", ",'ref':'order'}"));
        JsonNode answer = answer(admin, "order");
        assertTrue(!answer.get("type").asString().equals("error"), answer::toString);
    }

    static void expectRefused(TestClient client, String why) {
        JsonNode error = client.expectError(403);
        assertTrue(error.get("message").asString().contains(why), error::toString);
    }

    static String reason(TestClient client, String name) {
        client.sendText("{\"type\":\"identity\",\"user\":\"" + name + "\"}");
        return client.await("identity").path("reason").asString("granted");
    }
}
