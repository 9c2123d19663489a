/**
 * Accounts: names that only those may use who know the password, and the logins that spare them from sending it again.
 *
 * <p>{@link chat.weir.account.Accounts} makes, checks and ends accounts, {@link chat.weir.account.LoginSessions} the
 * logins with a token, both in the database; {@link chat.weir.account.LoginRegistry} knows in memory which sockets are
 * logged in, so that they end with their login. The HTTP API and the connections call this package from threads that
 * may wait: each check of a password costs tens of milliseconds on purpose.
 *
 * <p>No password and no token is stored, logged, or part of an error's text.
 */
@NullMarked
package chat.weir.account;

import org.jspecify.annotations.NullMarked;
