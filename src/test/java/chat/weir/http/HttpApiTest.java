package chat.weir.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.ServerEnvelope;
import chat.weir.testing.RawSocket;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpApiTest {
    private final TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private CompletableFuture<Answer> sayInTheBackground() {
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> api.call("POST", "/api/channels/fishing/messages")
                        .bearer(TestApi.KEY)
                        .json("{\"text\":\"hello\",\"user\":\"bob\"}")
                        .send());
        await().until(() -> api.api().busy() == 1);
        return answer;
    }

    private CompletableFuture<Void> stopInTheBackground() {
        return CompletableFuture.runAsync(() -> {
            try {
                api.api().stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean refusesToAnswer() {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send("GET /healthz HTTP/1.1\r\n\r\n");
            socket.readHeader();
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void letsWhatIsUnderWayEndWhenItStops() {
        CompletableFuture<ServerEnvelope.Ack> held = api.channels().holdOnce();
        CompletableFuture<Answer> answer = sayInTheBackground();
        CompletableFuture<Void> stopped = stopInTheBackground();
        await().pollInterval(Duration.ofMillis(10)).until(this::refusesToAnswer);
        held.complete(new ServerEnvelope.Ack(7, 1, ""));
        assertEquals(7, answer.join().expect(201).json().get("id").asInt());
        stopped.join();
        assertThrows(UncheckedIOException.class, () -> RawSocket.connect(api.port()));
    }

    @Test
    void waitsNotMuchLongerThanASecondForWhatHangs() {
        CompletableFuture<ServerEnvelope.Ack> held = api.channels().holdOnce();
        CompletableFuture<Answer> answer = sayInTheBackground();
        long begun = System.nanoTime();
        stopInTheBackground().join();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, "took " + took);
        held.cancel(true);
        assertTrue(answer.handle((a, failure) -> failure != null || a.status() == 503)
                .join());
    }

    @Test
    void stopsAtOnceWhenNothingIsUnderWay() throws Exception {
        api.get("/healthz").send().expect(200);
        long begun = System.nanoTime();
        api.api().stop();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(Duration.ofMillis(900)) < 0, "took " + took);
    }

    @Test
    void givesItsPortBackAlsoIfItWasNeverStarted() {
        TestApi bound = TestApi.bound();
        RawSocket.connect(bound.port()).close();
        bound.close();
        assertThrows(UncheckedIOException.class, () -> RawSocket.connect(bound.port()));
    }

    @Test
    void believesNobodyButItsProxiesAboutAddresses() {
        String answer = "";
        for (int i = 0; i <= 20; i++) {
            try (RawSocket socket = RawSocket.connect(api.port(), 0, "127.0.0.2")) {
                String json = TestApi.credentials("user" + i, TestApi.PASSWORD);
                socket.send("POST /api/accounts HTTP/1.1\r\nContent-Type: application/json\r\nX-Forwarded-For: 10.2.0."
                        + i + "\r\nConnection: close\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
                answer = socket.readAll();
            }
        }
        assertTrue(answer.startsWith("HTTP/1.1 429"), answer);
    }

    @Test
    void givesOneAddressItsShareOfTheThreads() throws Exception {
        String begun = "POST /api/accounts HTTP/1.1\r\nContent-Type: application/json\r\nX-Forwarded-For: 2001:db8::";
        RawSocket[] sockets = new RawSocket[AddressShares.SHARE];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = RawSocket.connect(api.port());
            sockets[i].send(begun + i + "\r\nContent-Length: 9\r\n\r\n");
        }
        await().until(() -> api.get("/healthz").from("2001:db8::ffff").send().status() == 429);
        api.get("/healthz").from("2001:db8:0:1::1").send().expect(200);
        for (RawSocket socket : sockets) {
            socket.close();
        }
        await().until(() -> api.get("/healthz").from("2001:db8::ffff").send().status() == 200);
    }
}
