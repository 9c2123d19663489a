package chat.weir.http.web;

import chat.weir.http.routing.Access;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Request;
import chat.weir.http.routing.Response;
import chat.weir.http.routing.Route;
import chat.weir.protocol.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Routes for the web client: its page, its files, and the settings that it needs.
 *
 * <p>The page refers to its files in a directory whose name is a hash of all of them, so browsers may cache them for
 * ever: another version has another directory. The same files are also available at their plain names, which browsers
 * revalidate every time.
 *
 * <p>Threading: immutable.
 */
final class WebClientRoutes {
    private static final String DIRECTORY = "client/";
    private static final String FILES = "web/";
    private static final String MODULE = "weir.js";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    /**
     * Only scripts and other files from the jar are allowed, and text cannot become markup (Content Security Policy
     * Level 3, Trusted Types). {@code 'self'} includes the WebSocket, which has the same address.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
            + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            + "; require-trusted-types-for 'script'; trusted-types 'none'";

    private final boolean requireAccount;
    private final int maxTextLength;
    private final WebFile page;
    private final WebFile module;
    private final Map<String, WebFile> files = new LinkedHashMap<>();
    private final String version;

    WebClientRoutes(boolean requireAccount, int maxTextLength) {
        this.requireAccount = requireAccount;
        this.maxTextLength = maxTextLength;
        this.module = file(MODULE, Resources.get(DIRECTORY + MODULE));
        for (String name : Resources.names(DIRECTORY + FILES)) {
            files.put(name, file(name, Resources.get(DIRECTORY + FILES + name)));
        }
        this.version = WebFile.hash(files.values(), module);
        String html = new String(Resources.get(DIRECTORY + "index.html"), StandardCharsets.UTF_8);
        this.page = file(
                "index.html",
                html.replace("\"" + FILES, "\"static/" + version + "/" + FILES).getBytes(StandardCharsets.UTF_8));
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/", Access.PUBLIC, this::page),
                Route.of("GET", "/" + MODULE, Access.PUBLIC, request -> module.answer(request, Map.of())),
                Route.of(
                        "GET",
                        "/web/{file}",
                        Access.PUBLIC,
                        request -> file(request).answer(request, Map.of())),
                Route.of("GET", "/static/{version}/weir.js", Access.PUBLIC, request -> immutable(request, module)),
                Route.of(
                        "GET",
                        "/static/{version}/web/{file}",
                        Access.PUBLIC,
                        request -> immutable(request, file(request))),
                Route.of("GET", "/client.json", Access.PUBLIC, this::settings));
    }

    private Response page(Request request) {
        return page.answer(request, Map.of("Content-Security-Policy", POLICY));
    }

    private WebFile file(Request request) {
        return Optional.ofNullable(files.get(request.pathParameter("file")))
                .orElseThrow(() -> new ProblemException(ErrorReason.NOT_FOUND, "the web client has no such file"));
    }

    /** A page of another version, still open after an update, gets the current file, but must not cache it. */
    private Response immutable(Request request, WebFile file) {
        return request.pathParameter("version").equals(version)
                ? file.immutableAnswer(request)
                : file.answer(request, Map.of());
    }

    private static WebFile file(String name, byte[] bytes) {
        String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException(name + " has no media type");
        }
        return new WebFile(type, bytes);
    }

    /** The settings that a client needs before it connects. */
    private Response settings(Request request) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("requireAccount", requireAccount);
        settings.put("maxTextLength", maxTextLength);
        return Response.json(200, settings);
    }
}
