/**
 * Moderation: roles, bans and mutes, and the audit log.
 * {@link chat.weir.moderation.Moderation} is the entry point. Actions block on the database; the queries on a message's
 * path (whether a user is banned or muted) are answered from memory and never block.
 *
 * <p>The indexes in memory follow the audit log: each action is one transaction that changes the state and writes one
 * numbered entry, and each node applies the entries in this order, its own and those of others. So memory may lag
 * behind the database, but not for longer than until the next {@link chat.weir.moderation.Moderation#refresh}.
 * Rejected: a lock that is held during the transaction; it would order only the actions of one node, and no lock may be
 * held during a database call.
 */
@NullMarked
package chat.weir.moderation;

import org.jspecify.annotations.NullMarked;
