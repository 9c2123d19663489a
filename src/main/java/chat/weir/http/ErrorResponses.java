package chat.weir.http;

import chat.weir.http.routing.HttpReason;
import chat.weir.http.routing.ProblemDetails;
import chat.weir.http.routing.ProblemException;
import chat.weir.http.routing.Response;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ErrorReason;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes problem documents for errors that Jetty finds before a request reaches the routes, such as a malformed
 * request, a header that is too long, or a stopping server.
 *
 * <p>Threading: safe.
 */
final class ErrorResponses implements Request.Handler {
    private final RequestHandler routes;

    ErrorResponses(RequestHandler routes) {
        this.routes = routes;
    }

    @Override
    public boolean handle(Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        Response answer = answer(request, response.getStatus());
        HttpFields.Mutable headers = response.getHeaders();
        routes.commonHeaders(request.getHeaders()).forEach(headers::put);
        answer.headers().forEach(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, answer.mediaType());
        headers.put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
        response.setStatus(answer.status());
        response.write(true, answer.body(), callback);
        return true;
    }

    private static Response answer(Request request, int status) {
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        int code = cause instanceof HttpException http ? http.getCode() : status;
        String detail = cause instanceof HttpException http ? detail(http) : "the request failed";
        return ProblemDetails.of(problem(code, detail, cause), path(request));
    }

    private static Throwable problem(int status, String detail, @Nullable Object cause) {
        return switch (status) {
            case 408 -> new ProblemException(HttpReason.REQUEST_TIMEOUT, detail);
            case 413 -> new ProblemException(ErrorReason.TOO_LONG, detail);
            case 414, 431 ->
                new ProblemException(
                        HttpReason.HEADER_TOO_LARGE,
                        "the request's header is longer than " + HttpConfig.MAX_HEADER_BYTES + " bytes");
            case 503 -> new ChatException(ErrorReason.UNAVAILABLE, "the server is shutting down");
            case 505 ->
                new ProblemException(
                        HttpReason.HTTP_VERSION_NOT_SUPPORTED, "this server supports HTTP/1.1 and HTTP/1.0");
            default ->
                status < 500
                        ? ProblemException.malformedRequest(detail)
                        : cause instanceof Throwable thrown ? thrown : new IllegalStateException("status " + status);
        };
    }

    /** Empty if there is no path: Jetty substitutes its own then. */
    private static String path(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null || path.equals("/badMessage") ? "" : path;
    }

    private static String detail(HttpException failure) {
        String reason = failure.getReason();
        return reason == null ? "the request is malformed" : "the request is malformed: " + reason;
    }
}
