package chat.weir.http.routing;

/** The {@code reason} of errors that only HTTP has; {@link chat.weir.protocol.ErrorReason} has the others. */
public enum HttpReason {
    /** The request breaks a rule of HTTP. */
    MALFORMED_REQUEST(400, "malformed_request"),
    /** The path does not answer this method. */
    METHOD_NOT_ALLOWED(405, "method_not_allowed"),
    /** The request was not complete in time. */
    REQUEST_TIMEOUT(408, "request_timeout"),
    /** The body is not JSON in UTF-8. */
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type"),
    /** The request's header is too long, or has too many fields. */
    HEADER_TOO_LARGE(431, "header_too_large"),
    /** Pages of this origin may not do this. */
    ORIGIN_NOT_ALLOWED(403, "origin_not_allowed"),
    /** The WebSocket version is not 13. */
    UPGRADE_REQUIRED(426, "upgrade_required"),
    /** The HTTP version is not 1.0 or 1.1. */
    HTTP_VERSION_NOT_SUPPORTED(505, "http_version_not_supported"),
    /** A fault in the server. */
    INTERNAL_ERROR(500, "internal_error");

    private final int status;
    private final String wireName;

    HttpReason(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
    }

    public int status() {
        return status;
    }

    /** The word on the wire. */
    public String wireName() {
        return wireName;
    }
}
