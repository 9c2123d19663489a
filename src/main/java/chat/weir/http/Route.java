package chat.weir.http;

/**
 * One call of the API: how it is asked for, who may, and what answers it.
 *
 * @param path such as {@code /api/channels/{id}/messages}
 */
record Route(String method, String path, Access access, Handler handler) {

    /** Answers a request that its caller may make. */
    @FunctionalInterface
    interface Handler {
        Response answer(Request request);
    }

    static Route of(String method, String path, Access access, Handler handler) {
        return new Route(method, path, access, handler);
    }

    /** Whether the request's body is JSON; otherwise it is ignored. */
    boolean takesJson() {
        return method.equals("POST") || method.equals("PUT");
    }

    /** Whether it changes something, so that no foreign page may ask for it. */
    boolean changes() {
        return !method.equals("GET");
    }
}
