package chat.weir.protocol;

/**
 * The {@code reason} of an error: one word for programs, which does not change when the text changes. The list is
 * closed; protocol.md, asyncapi.json and openapi.json contain it.
 *
 * <p>A reason implies its code, except {@link #TOO_LONG}: 413 for the text of a message or the body of a request, 400
 * for any other field.
 *
 * <p>Threading: immutable.
 */
public enum ErrorReason {
    /** The frame or body is not one JSON object. */
    NOT_JSON("not_json", ErrorCode.MALFORMED),
    /** No envelope has this type. */
    UNKNOWN_TYPE("unknown_type", ErrorCode.MALFORMED),
    /** A required field or parameter is absent. */
    MISSING_FIELD("missing_field", ErrorCode.MALFORMED),
    /** A field has another JSON type. */
    WRONG_TYPE("wrong_type", ErrorCode.MALFORMED),
    /** A field or parameter has a value that is not allowed. */
    INVALID_VALUE("invalid_value", ErrorCode.MALFORMED),
    /** The channel id breaks a rule. */
    INVALID_CHANNEL("invalid_channel", ErrorCode.MALFORMED),
    /** The user name breaks a rule. */
    INVALID_NAME("invalid_name", ErrorCode.MALFORMED),
    /** The new password breaks a rule. */
    INVALID_PASSWORD("invalid_password", ErrorCode.MALFORMED),
    /** The text has no visible character. */
    EMPTY_TEXT("empty_text", ErrorCode.MALFORMED),
    /** The text, the body or a field is too long. */
    TOO_LONG("too_long", ErrorCode.TEXT_TOO_LONG),
    /** There is no name, or no valid token. */
    UNAUTHENTICATED("unauthenticated", ErrorCode.UNAUTHENTICATED),
    /** The name is not confirmed yet. */
    UNCONFIRMED("unconfirmed", ErrorCode.UNAUTHENTICATED),
    /** No account has this name and password. */
    WRONG_CREDENTIALS("wrong_credentials", ErrorCode.UNAUTHENTICATED),
    /** The token is unknown or has expired. */
    INVALID_TOKEN("invalid_token", ErrorCode.UNAUTHENTICATED),
    /** Not allowed, and none of the reasons below applies. */
    FORBIDDEN("forbidden", ErrorCode.FORBIDDEN),
    /** The server, or this envelope, requires an account. */
    ACCOUNT_REQUIRED("account_required", ErrorCode.FORBIDDEN),
    /** The user is banned. */
    BANNED("banned", ErrorCode.FORBIDDEN),
    /** The user is muted. */
    MUTED("muted", ErrorCode.FORBIDDEN),
    /** Only a moderator or an admin may do this. */
    NOT_MODERATOR("not_moderator", ErrorCode.FORBIDDEN),
    /** Only an admin may do this. */
    NOT_ADMIN("not_admin", ErrorCode.FORBIDDEN),
    /** The target's role is not lower than the user's. */
    NOT_ABOVE("not_above", ErrorCode.FORBIDDEN),
    /** Only the author may do this, or delete it a moderator above them. */
    NOT_AUTHOR("not_author", ErrorCode.FORBIDDEN),
    /** The connection is not in the channel. */
    NOT_MEMBER("not_member", ErrorCode.FORBIDDEN),
    /** The channel is a private chat. */
    PRIVATE("private", ErrorCode.FORBIDDEN),
    /** The user cannot do this to themselves. */
    SELF("self", ErrorCode.FORBIDDEN),
    /** The current password is wrong. */
    WRONG_PASSWORD("wrong_password", ErrorCode.FORBIDDEN),
    /** The server or the connection is not in test mode. */
    NOT_TEST_MODE("not_test_mode", ErrorCode.FORBIDDEN),
    /** No user or account has this name here. */
    NO_SUCH_USER("no_such_user", ErrorCode.NOT_FOUND),
    /** The channel has no message with this id. */
    NO_SUCH_MESSAGE("no_such_message", ErrorCode.NOT_FOUND),
    /** There is no such path, ban, mute or block. */
    NOT_FOUND("not_found", ErrorCode.NOT_FOUND),
    /** Another user has the name. */
    NAME_TAKEN("name_taken", ErrorCode.CONFLICT),
    /** The name belongs to an account. */
    NAME_REGISTERED("name_registered", ErrorCode.CONFLICT),
    /** The connection is logged in to an account. */
    ALREADY_LOGGED_IN("already_logged_in", ErrorCode.CONFLICT),
    /** The connection is already in the channel. */
    ALREADY_MEMBER("already_member", ErrorCode.CONFLICT),
    /** The limit for objects of this kind is reached. */
    STORE_FULL("store_full", ErrorCode.CONFLICT),
    /** The request contradicts the current state. */
    CONFLICT("conflict", ErrorCode.CONFLICT),
    /** A rate limit is exceeded. */
    RATE_LIMITED("rate_limited", ErrorCode.TOO_MANY),
    /** The connection is in the maximum number of channels. */
    TOO_MANY_CHANNELS("too_many_channels", ErrorCode.TOO_MANY),
    /** The user has blocked the maximum number of users. */
    TOO_MANY_BLOCKS("too_many_blocks", ErrorCode.TOO_MANY),
    /** The address has the maximum number of connections. */
    TOO_MANY_CONNECTIONS("too_many_connections", ErrorCode.TOO_MANY),
    /** The server cannot do this now: try again. */
    UNAVAILABLE("unavailable", ErrorCode.UNAVAILABLE);

    private final String wireName;
    private final ErrorCode code;

    ErrorReason(String wireName, ErrorCode code) {
        this.wireName = wireName;
        this.code = code;
    }

    /** The word on the wire. */
    public String wireName() {
        return wireName;
    }

    /** The code of an error with this reason. */
    public ErrorCode code() {
        return code;
    }
}
