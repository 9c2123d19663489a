package chat.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.RawSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the web client's files are handed out; what they do is for a browser to say. */
class PageRoutesTest {
    private static final Path DIRECTORY = Path.of("src/main/resources/chat/weir/http/client");
    private static final String SOCKET = "ws://127.0.0.1:" + TestApi.SOCKET_PORT;

    private TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private void restart(String basePath, String socketUrl) {
        api.close();
        api = TestApi.at(basePath, socketUrl);
    }

    @Test
    void handsOutThePageAndTheModule() throws IOException {
        Answer page = api.get("/").send().expect(200);
        assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
        assertEquals(Files.readString(DIRECTORY.resolve("index.html")), page.text());
        Answer module = api.get("/weir.js").send().expect(200);
        assertEquals("text/javascript; charset=utf-8", module.header("Content-Type"));
        assertEquals(Files.readString(DIRECTORY.resolve("weir.js")), module.text());
    }

    @Test
    void handsOutEveryPartByItsType() throws IOException {
        try (Stream<Path> parts = Files.list(DIRECTORY.resolve("web"))) {
            for (Path part : parts.toList()) {
                Answer answer = api.get("/web/" + part.getFileName()).send().expect(200);
                assertEquals(Files.readString(part), answer.text());
                assertTrue(
                        answer.header("Content-Type").matches("text/(javascript|css); charset=utf-8|image/svg\\+xml"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.js",
                "..%2Findex.html",
                "..%2F..%2Fopenapi.json",
                "..%2Fweir.js",
                "%2Fetc%2Fpasswd",
                "STYLE.CSS",
                "style.css%00",
                "style",
                ""
            })
    void handsOutNothingElse(String name) {
        Answer answer = api.get("/web/" + name).send();
        assertTrue(List.of(404, 400).contains(answer.status()), answer.text());
    }

    @Test
    void letsThePageRunAndLoadOnlyWhatIsServedHere() {
        String policy = direct("/").header("Content-Security-Policy");
        assertEquals(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' " + SOCKET
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                        + "; require-trusted-types-for 'script'; trusted-types 'none'",
                policy);
        assertEquals(
                "default-src 'none'; frame-ancestors 'none'",
                api.get("/weir.js").send().header("Content-Security-Policy"));
    }

    @Test
    void isNotSentAgainWhileItHasNotChanged() {
        Answer first = api.get("/weir.js").send().expect(200);
        String tag = first.header("ETag");
        assertFalse(tag.isEmpty());
        Answer again = api.get("/weir.js")
                .header("If-None-Match", "W/\"other\", " + tag)
                .send()
                .expect(304);
        assertEquals("", again.text());
        assertEquals(tag, again.header("ETag"));
        api.get("/weir.js")
                .header("If-None-Match", tag.substring("W/".length()))
                .send()
                .expect(304);
        api.get("/weir.js").header("If-None-Match", "W/\"other\"").send().expect(200);
        assertFalse(tag.equals(api.get("/").send().header("ETag")));
    }

    @ParameterizedTest
    @CsvSource({
        "'gzip, deflate, br', gzip",
        "'br;q=1.0, GZIP;q=0.5', gzip",
        "gzip;q=0, ''",
        "'br, gzip; q=0.000', ''",
        "identity, ''",
        "'', ''"
    })
    void isCompressedForWhoeverTakesThat(String accepted, String encoding) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/weir.js"))
                .header("Accept-Encoding", accepted)
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(encoding, answer.headers().firstValue("Content-Encoding").orElse(""));
        assertEquals(
                "Origin, Accept-Encoding", answer.headers().firstValue("Vary").orElse(""));
        byte[] plain = encoding.isEmpty()
                ? answer.body()
                : new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertEquals(Files.readString(DIRECTORY.resolve("weir.js")), new String(plain, StandardCharsets.UTF_8));
    }

    private Answer direct(String path) {
        return api.get(path).send().expect(200);
    }

    @Test
    void saysWhereTheSocketIsToWhomeverHasOpenedThisPort() {
        assertEquals(
                "{\"socket\":\"" + SOCKET + "\",\"requireAccount\":false,\"maxTextLength\":" + TestApi.MAX_TEXT_LENGTH
                        + "}",
                direct("/client.json").text());
    }

    /** The whole answer to somebody whose URL has this host. */
    private String asIfAt(String host, String path) {
        try (RawSocket socket = RawSocket.connect(api.port())) {
            socket.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return socket.readAll();
        }
    }

    @Test
    void saysNothingOfThePlaceWhereAProxyHasPutBothAtOneAddress() {
        for (String host :
                List.of("chat.example", "chat.example:8443", "[::1]:443", "chat.example:8443'; script-src *")) {
            String facts = asIfAt(host, "/client.json");
            assertTrue(facts.contains("{\"requireAccount\":"), facts);
            String page = asIfAt(host, "/");
            assertTrue(page.contains("connect-src 'self';"), page);
        }
    }

    @Test
    void letsThePageConnectToAnAddressForWhichAPolicyHasNoForm() {
        String facts = asIfAt("[::1]:" + api.port(), "/client.json");
        assertTrue(facts.contains("{\"socket\":\"ws://[::1]:" + TestApi.SOCKET_PORT + "\""), facts);
        String page = asIfAt("[::1]:" + api.port(), "/");
        assertTrue(page.contains("connect-src 'self' ws://*:" + TestApi.SOCKET_PORT + ";"), page);
    }

    @Test
    void saysWhatTheOperatorHasSet() {
        restart("", "wss://sockets.example/chat");
        assertEquals("wss://sockets.example/chat", direct("/client.json").get("socket"));
        String policy = direct("/").header("Content-Security-Policy");
        assertTrue(policy.contains("connect-src 'self' wss://sockets.example;"), policy);
    }

    @Test
    void isBelowTheBasePathWithAllElse() {
        restart("/api/chät", "");
        String base = "/api/ch%C3%A4t";
        assertEquals(SOCKET + base, direct(base + "/client.json").get("socket"));
        assertTrue(direct(base + "/").text().contains("<title>Weir"));
        assertEquals("ok", direct(base + "/healthz").get("status"));
        assertEquals("ok", direct("/%61pi/ch%c3%a4t/healthz").get("status"));
        Answer moved = api.get(base).send().expect(308);
        assertEquals(base + "/", moved.header("Location"));
        Answer registered = api.call("POST", base + "/api/accounts")
                .json(TestApi.credentials("alice", TestApi.PASSWORD))
                .send()
                .expect(201);
        URI location = registered.response().uri().resolve(registered.header("Location"));
        assertEquals(base + "/api/accounts/me", location.getRawPath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/healthz", "/api/chat2/healthz", "/api", "/api%2Fchat/healthz", "/x/api/chat/healthz"})
    void isNowhereElseThen(String path) {
        restart("/api/chat", "");
        assertEquals(
                "the paths of this server are below /api/chat/",
                api.get(path).send().problem(404));
    }
}
