package chat.weir.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.testing.RawSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory budget of request bodies, which is released in every case. */
class RequestBodyTest {
    private static final int LENGTH = 60_000;

    private TestApi api = TestApi.start();

    @AfterEach
    void stopWithNothingHeld() {
        await().until(() -> api.incoming().used() == 0);
        api.close();
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close"
                + "\r\nAuthorization: Bearer " + TestApi.KEY + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** Sends a body except its last byte. */
    private RawSocket unfinished(int length) {
        RawSocket socket = RawSocket.connect(api.port());
        socket.send(post("/api/accounts", length) + " ".repeat(length - 1));
        return socket;
    }

    private void awaitHeld(long bytes) {
        await().until(() -> api.incoming().used() >= bytes);
    }

    @Test
    void countsBodiesUntilTheResponse() {
        CompletableFuture<ServerEnvelope.Ack> held = api.channels().holdOnce();
        String json = "{\"text\":\"hello\",\"user\":\"bob\"}";
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send(post("/api/channels/fishing/messages", json.length()) + json.substring(0, json.length() - 1));
            awaitHeld(json.length() - 1);
            socket.send("}");
            // The body is complete, and its buffer trimmed; the channel has not replied yet.
            await().until(() -> api.incoming().used() == json.length());
            held.complete(new ServerEnvelope.Ack(7, 1, ""));
            assertTrue(socket.readAll().startsWith("HTTP/1.1 201 "));
        }
    }

    @Test
    void releasesCompleteAndRefusedBodies() {
        api.registered("alice");
        await().until(() -> api.incoming().used() == 0);
        try (RawSocket wrong = unfinished(LENGTH)) {
            awaitHeld(LENGTH - 1);
            wrong.send("x");
            assertTrue(wrong.readAll().startsWith("HTTP/1.1 400 "));
        }
        try (RawSocket tooLong = RawSocket.connect(api.port())) {
            tooLong.send(post("/api/accounts", 0).replace("Content-Length: 0", "Transfer-Encoding: chunked"));
            tooLong.send("ea60\r\n" + " ".repeat(LENGTH) + "\r\n");
            awaitHeld(LENGTH);
            tooLong.send("ea60\r\n" + " ".repeat(LENGTH) + "\r\n");
            await().until(() -> api.incoming().used() == 0);
            tooLong.send("0\r\n\r\n");
            assertTrue(tooLong.readAll().startsWith("HTTP/1.1 413 "));
        }
    }

    @Test
    void releasesBodiesOfClosedConnections() {
        RawSocket reset = unfinished(LENGTH);
        RawSocket ended = unfinished(LENGTH);
        awaitHeld(2 * (LENGTH - 1));
        reset.reset();
        ended.closeOutput();
        await().until(() -> api.incoming().used() == 0);
        ended.close();
    }

    @Test
    void releasesBodiesThatTimeOut() {
        api.close();
        api = TestApi.with(new HttpTimeouts(
                Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(10)));
        try (RawSocket slow = unfinished(LENGTH)) {
            awaitHeld(LENGTH - 1);
            assertTrue(slow.readAll().startsWith("HTTP/1.1 408 "));
            await().until(() -> api.incoming().used() == 0);
        }
    }

    @Test
    void refusesBodiesWhileTheBudgetIsUsedUp() {
        List<RawSocket> others = new ArrayList<>();
        for (int i = 0; i < TestApi.MAX_INCOMING_BYTES / RequestBody.MAX_BYTES; i++) {
            others.add(unfinished(RequestBody.MAX_BYTES));
        }
        awaitHeld(TestApi.MAX_INCOMING_BYTES);
        try (RawSocket late = unfinished(LENGTH)) {
            late.send("x");
            String answer = late.readAll();
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            assertTrue(answer.contains("\r\nRetry-After: 1\r\n"), answer);
            assertTrue(answer.contains("\"reason\":\"unavailable\""), answer);
        }
        api.get("/healthz").send().expect(200);
        others.remove(0).reset();
        await().until(() -> api.incoming().used() < TestApi.MAX_INCOMING_BYTES);
        try (RawSocket late = unfinished(LENGTH)) {
            late.send("x");
            assertTrue(late.readAll().startsWith("HTTP/1.1 400 "));
        }
        others.forEach(RawSocket::reset);
    }
}
