package chat.weir.account;

import java.time.Instant;

/**
 * A login with a token, as read from the database.
 *
 * @param tokenHash SHA-256 of the token in hexadecimal; identifies the session but does not allow logging in
 * @param expires whole seconds; the token is invalid from this time on
 */
public record LoginSession(String tokenHash, Account account, Instant expires) {}
