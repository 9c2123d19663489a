package chat.weir.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP API client, based on the JDK's. JSON is written with ' instead of ". */
public final class TestApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    public TestApi(int port) {
        this.port = port;
    }

    /** A response; {@code body} is a missing node if there is none. */
    public record Answer(int status, JsonNode body) {}

    /**
     * Sends a request.
     *
     * @param token for the Authorization header, or null
     * @param json the body, or null
     */
    public Answer send(String method, String path, @Nullable String token, @Nullable String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json.replace('\'', '"')));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public Answer register(String name, String password) {
        return send("POST", "/api/accounts", null, credentials(name, password));
    }

    /** Registers the name of a guest. */
    public Answer register(String name, String password, String resume) {
        String body = "{'username':'" + name + "','password':'" + password + "','resume':'" + resume + "'}";
        return send("POST", "/api/accounts", null, body);
    }

    /** Logs in and returns the token. */
    public String logIn(String name, String password) {
        Answer answer = send("POST", "/api/sessions", null, credentials(name, password));
        if (answer.status() != 201) {
            throw new AssertionError("no login: " + answer);
        }
        return answer.body().get("token").asString();
    }

    private static String credentials(String name, String password) {
        return "{'username':'" + name + "','password':'" + password + "'}";
    }
}
