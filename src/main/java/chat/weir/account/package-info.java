/**
 * Accounts with passwords, and logins with tokens. {@link chat.weir.account.Accounts} creates, checks and deletes
 * accounts, {@link chat.weir.account.LoginSessions} issues and checks tokens; both use the database.
 * {@link chat.weir.account.LoginRegistry} tracks the logged-in sockets in memory, so that they end with their login.
 * {@link chat.weir.account.BlockTable} stores the names that each account has blocked, and
 * {@link chat.weir.account.ReadPositions} how far it has read in each channel.
 *
 * <p>Not on a message's path: {@code command} and {@code http.api} call it on threads that may block, because a
 * password check deliberately costs tens of milliseconds. Passwords and tokens are stored as hashes only, and never
 * logged or part of an error message.
 */
@NullMarked
package chat.weir.account;

import org.jspecify.annotations.NullMarked;
