package chat.weir.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An API call of a test. By default, each call comes from a different address. */
public final class Call {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final String method;
    private final HttpRequest.Builder request;
    private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

    public Call(int port, String method, String path) {
        this.method = method;
        this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        int address = ADDRESSES.incrementAndGet();
        from("10.1." + address / 256 % 256 + "." + address % 256);
    }

    public Call header(String name, String value) {
        request.setHeader(name, value);
        return this;
    }

    public Call from(String address) {
        return header("X-Forwarded-For", address);
    }

    public Call bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    public Call json(String json) {
        return body("application/json", json);
    }

    public Call body(String type, String text) {
        body = HttpRequest.BodyPublishers.ofString(text);
        return header("Content-Type", type);
    }

    /** Sends a body of unknown length, in chunks. */
    public Call chunked(byte[] bytes) {
        body = HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(bytes));
        return header("Content-Type", "application/json");
    }

    public Answer send() {
        try {
            return new Answer(CLIENT.send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
