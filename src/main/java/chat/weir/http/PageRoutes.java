package chat.weir.http;

import chat.weir.protocol.ErrorReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The web client: its page, its parts, and what it has to know of the server.
 *
 * <p>Threading: safe.
 */
final class PageRoutes {
    private static final String DIRECTORY = "client/";
    private static final Pattern PART = Pattern.compile("[a-z]+(-[a-z]+)*\\.(js|css|svg)");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final SocketPlace socket;
    private final boolean requireAccount;
    private final int maxTextLength;
    private final WebFile page;
    private final WebFile module;
    private final Map<String, WebFile> parts = new ConcurrentHashMap<>();

    PageRoutes(HttpRules rules, int port) {
        this.socket = new SocketPlace(rules.socketUrl(), rules.socketPort(), port, new BasePath(rules.basePath()));
        this.requireAccount = rules.requireAccount();
        this.maxTextLength = rules.maxTextLength();
        this.page = file("index.html", Resources.get(DIRECTORY + "index.html"));
        this.module = file("weir.js", Resources.get(DIRECTORY + "weir.js"));
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", "/", Access.ANYBODY, this::page),
                Route.of("GET", "/weir.js", Access.ANYBODY, request -> module.answer(request, Map.of())),
                Route.of("GET", "/web/{file}", Access.ANYBODY, this::part),
                Route.of("GET", "/client.json", Access.ANYBODY, this::facts));
    }

    private Response page(Request request) {
        return page.answer(request, Map.of("Content-Security-Policy", policy(request)));
    }

    /**
     * Nothing runs and nothing is loaded but what is in the jar, and nothing becomes markup that was text (Content
     * Security Policy Level 3, Trusted Types).
     */
    private String policy(Request request) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
                + socket.seenFrom(request).map(PageRoutes::origin).orElse("")
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                + "; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    /**
     * Without the path, which a policy compares whole, and with any host for an IPv6 address, which a policy has no form
     * for (Content Security Policy Level 3, section 2.3.1): browsers ignore a source with one.
     */
    private static String origin(String url) {
        return " " + url.replaceFirst("^(wss?://[^/]+).*$", "$1").replaceFirst("//\\[[^]]*]", "//*");
    }

    private Response part(Request request) {
        String name = request.pathParameter("file");
        return Optional.ofNullable(parts.get(name))
                .or(() -> load(name))
                .orElseThrow(() -> new Problem(ErrorReason.NOT_FOUND, "the web client has no such part"))
                .answer(request, Map.of());
    }

    /** Not by what is in the directory, which a jar has no list of. */
    private Optional<WebFile> load(String name) {
        return Optional.of(name)
                .filter(one -> PART.matcher(one).matches())
                .flatMap(one -> Resources.find(DIRECTORY + "web/" + one))
                .map(bytes -> parts.computeIfAbsent(name, one -> file(one, bytes)));
    }

    private static WebFile file(String name, byte[] bytes) {
        String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException(name + " has no media type");
        }
        return new WebFile(type, bytes);
    }

    /** What a client needs to know before it connects; nothing of the socket where it is at the page's own address. */
    private Response facts(Request request) {
        Map<String, Object> facts = new LinkedHashMap<>();
        socket.seenFrom(request).ifPresent(url -> facts.put("socket", url));
        facts.put("requireAccount", requireAccount);
        facts.put("maxTextLength", maxTextLength);
        return Response.json(200, facts);
    }
}
