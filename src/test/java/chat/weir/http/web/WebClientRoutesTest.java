package chat.weir.http.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.http.Answer;
import chat.weir.http.TestApi;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how the web client's files are served. The browser tests check what they do. */
class WebClientRoutesTest {
    private static final Path DIRECTORY = Path.of("target/classes/chat/weir/http/client");

    private TestApi api = TestApi.start();

    @AfterEach
    void stop() {
        api.close();
    }

    private void restart(String basePath) {
        api.close();
        api = TestApi.at(basePath);
    }

    @Test
    void servesThePageAndTheModule() throws IOException {
        Answer page = api.get("/").send().expect(200);
        assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
        assertEquals(
                Files.readString(DIRECTORY.resolve("index.html")),
                page.text().replaceAll("\"static/[0-9a-f]{12}/web/", "\"web/"));
        Answer module = api.get("/weir.js").send().expect(200);
        assertEquals("text/javascript; charset=utf-8", module.header("Content-Type"));
        assertEquals(Files.readString(DIRECTORY.resolve("weir.js")), module.text());
    }

    @Test
    void servesEveryFileWithItsType() throws IOException {
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
    void servesNothingElse(String name) {
        Answer answer = api.get("/web/" + name).send();
        assertTrue(List.of(404, 400).contains(answer.status()), answer.text());
    }

    @Test
    void allowsOnlyItsOwnScriptsAndResources() {
        String policy = direct("/").header("Content-Security-Policy");
        assertEquals(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                        + "; require-trusted-types-for 'script'; trusted-types 'none'",
                policy);
        assertEquals(
                "default-src 'none'; frame-ancestors 'none'",
                api.get("/weir.js").send().header("Content-Security-Policy"));
    }

    @Test
    void answers304IfUnchanged() {
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
    void isCompressedIfAccepted(String accepted, String encoding) throws IOException, InterruptedException {
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
    void servesTheClientSettings() {
        assertEquals(
                "{\"requireAccount\":false,\"maxTextLength\":" + TestApi.MAX_TEXT_LENGTH + "}",
                direct("/client.json").text());
    }

    /** The directory of the page's files, such as {@code /static/0123456789ab}. */
    private String directory() {
        Matcher directory = Pattern.compile("\"(static/[0-9a-f]{12})/web/main.js\"")
                .matcher(api.get("/").send().expect(200).text());
        assertTrue(directory.find());
        return "/" + directory.group(1);
    }

    @Test
    void allowsPermanentCachingOfVersionedFiles() throws IOException {
        String directory = directory();
        for (String path : List.of("/web/main.js", "/web/style.css", "/weir.js")) {
            Answer file = api.get(directory + path).send().expect(200);
            assertEquals("public, max-age=31536000, immutable", file.header("Cache-Control"));
            assertEquals(Files.readString(DIRECTORY.resolve(path.substring(1))), file.text());
        }
        api.get(directory + "/web/nothing.js").send().problem(404);
        assertEquals("no-cache", api.get("/").send().header("Cache-Control"));
    }

    @Test
    void forbidsCachingUnderAnotherVersion() {
        Answer file = api.get("/static/0123456789ab/web/main.js").send().expect(200);
        assertEquals("no-cache", file.header("Cache-Control"));
    }

    @Test
    void isServedUnderTheBasePath() {
        restart("/api/chät");
        String base = "/api/ch%C3%A4t";
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
    void isServedNowhereElse(String path) {
        restart("/api/chat");
        assertEquals(
                "the paths of this server begin with /api/chat/",
                api.get(path).send().problem(404));
    }
}
