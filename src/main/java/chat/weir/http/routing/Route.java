package chat.weir.http.routing;

/**
 * One call of the API: how it is asked for, who may, and what answers it.
 *
 * @param path such as {@code /api/channels/{id}/messages}
 */
public record Route(String method, String path, Access access, Handler handler) {

    /** Answers a request that its caller may make. */
    @FunctionalInterface
    public interface Handler {
        Response answer(Request request);
    }

    public static Route of(String method, String path, Access access, Handler handler) {
        return new Route(method, path, access, handler);
    }

    /** Whether the request's body is JSON; otherwise it is ignored. */
    public boolean takesJson() {
        return method.equals("POST") || method.equals("PUT");
    }

    /** Whether it changes something, so that no foreign page may ask for it. */
    public boolean changes() {
        return !method.equals("GET");
    }
}
