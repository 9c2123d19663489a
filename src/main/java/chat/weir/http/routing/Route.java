package chat.weir.http.routing;

/**
 * A route of the API: method, path, access and handler.
 *
 * @param path such as {@code /api/channels/{id}/messages}
 */
public record Route(String method, String path, Access access, Handler handler) {

    /** Handles a request whose caller has access. */
    @FunctionalInterface
    public interface Handler {
        Response answer(Request request);
    }

    public static Route of(String method, String path, Access access, Handler handler) {
        return new Route(method, path, access, handler);
    }

    /** Whether the request body is JSON; otherwise it is ignored. */
    public boolean takesJson() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** Whether the route changes data, so that pages of foreign origins must not call it. */
    public boolean changes() {
        return !method.equals("GET");
    }
}
