package chat.weir.account;

import java.time.Instant;

/**
 * A login with a token that was valid when the database was asked.
 *
 * @param tokenHash SHA-256 of the token in hexadecimal: enough to find the login, and useless to whoever reads it
 * @param expires a whole second; from it on the token is worth nothing
 */
public record LoginSession(String tokenHash, Account account, Instant expires) {}
