package chat.weir.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.testing.RawSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private CompletableFuture<Answer> sendInTheBackground() {
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> api.call("POST", "/api/channels/fishing/messages")
                        .bearer(TestApi.KEY)
                        .json("{\"text\":\"hello\",\"user\":\"bob\"}")
                        .send());
        await().until(() -> api.api().requestsUnderWay() == 1);
        return answer;
    }

    private CompletableFuture<Void> stopInTheBackground() {
        return CompletableFuture.runAsync(() -> api.api().stop());
    }

    private boolean refusesRequests() {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return !socket.readAll().startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void completesActiveRequestsWhenItStops() {
        CompletableFuture<ServerEnvelope.Ack> held = api.channels().holdOnce();
        CompletableFuture<Answer> answer = sendInTheBackground();
        CompletableFuture<Void> stopped = stopInTheBackground();
        await().pollInterval(Duration.ofMillis(10)).until(this::refusesRequests);
        held.complete(new ServerEnvelope.Ack(7, 1, ""));
        assertEquals(7, answer.join().expect(201).json().get("id").asInt());
        stopped.join();
    }

    @Test
    void abortsHangingRequestsWhenItStops() {
        CompletableFuture<ServerEnvelope.Ack> held = api.channels().holdOnce();
        CompletableFuture<Answer> answer = sendInTheBackground();
        stopInTheBackground().join();
        held.cancel(true);
        assertTrue(answer.handle((a, failure) -> failure != null || a.status() == 503)
                .join());
    }

    @Test
    void endsIdleThreadsAfterABurst() {
        HttpTimeouts quick = new HttpTimeouts(
                Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMillis(200));
        try (TestApi bursts = TestApi.with(quick)) {
            await().until(() -> {
                burst(bursts.port());
                return bursts.api().threads() > HttpServer.IDLE_THREADS;
            });
            await().until(() -> bursts.api().threads() <= HttpServer.IDLE_THREADS);
        }
    }

    private static void burst(int port) {
        List<RawSocket> sockets =
                Stream.generate(() -> RawSocket.connect(port)).limit(40).toList();
        sockets.forEach(socket -> socket.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        sockets.forEach(RawSocket::readAll);
        sockets.forEach(RawSocket::close);
    }

    @Test
    void closesEveryConnectionWhenItStops() {
        try (RawSocket idle = RawSocket.connect(api.port());
                RawSocket busy = RawSocket.connect(api.port())) {
            busy.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            busy.readHeader();
            await().until(() -> api.listener().connections() == 2);
            api.api().stop();
            assertTrue(idle.isClosedByServer());
            assertTrue(busy.isClosedByServer());
            await().until(() -> api.listener().connections() == 0);
        }
    }

    @Test
    void ignoresForwardedAddressesOfUntrustedPeers() {
        String answer = "";
        for (int i = 0; i <= 20; i++) {
            try (RawSocket socket = RawSocket.connect(api.port(), 0, "127.0.0.2")) {
                String json = TestApi.credentials("user" + i, TestApi.PASSWORD);
                socket.send("POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "X-Forwarded-For: 10.2.0." + i + "\r\nConnection: close\r\nContent-Length: "
                        + json.length() + "\r\n\r\n" + json);
                answer = socket.readAll();
            }
        }
        assertTrue(answer.startsWith("HTTP/1.1 429"), answer);
    }

    @Test
    void countsClosedConnections() {
        for (String request : new String[] {
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /nothing HTTP/1.0\r\n\r\n",
            "nonsense\r\n\r\n"
        }) {
            try (RawSocket socket = RawSocket.connect(api.port())) {
                socket.send(request);
                socket.readAll();
            }
        }
        await().until(() -> api.listener().connections() == 0);
    }
}
