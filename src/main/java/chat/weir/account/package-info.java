/**
 * Accounts with passwords, and logins with tokens.
 *
 * <p>{@link chat.weir.account.Accounts} creates, checks and deletes accounts, {@link chat.weir.account.LoginSessions}
 * issues and checks tokens; both use the database. {@link chat.weir.account.LoginRegistry} tracks the logged-in
 * sockets in memory, so that they end with their login. The callers are threads that may block: a password check
 * deliberately costs tens of milliseconds.
 *
 * <p>Passwords and tokens are never stored, logged, or part of an error message.
 */
@NullMarked
package chat.weir.account;

import org.jspecify.annotations.NullMarked;
