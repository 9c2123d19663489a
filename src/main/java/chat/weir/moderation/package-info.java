/**
 * Moderation: roles, bans and mutes, the audit log, and the block lists of accounts.
 *
 * <p>{@link chat.weir.moderation.Moderation} is the entry point. Moderation actions block on the database. The queries
 * of network threads (the role of a user, whether they are banned or muted) are answered from memory and never block.
 * {@link chat.weir.moderation.ModerationPolicy} decides what is allowed.
 *
 * <p>The indexes in memory follow the audit log. Each action is one transaction that changes the state and writes one
 * audit entry. Entries are numbered consecutively across all nodes. Each node applies them in this order, its own and
 * those of others, and reads the current state of what they name. So memory may lag behind the database, but not for
 * longer than until the next {@link chat.weir.moderation.Moderation#refresh}. Rejected: a lock that is held during the
 * transaction; it would order only the actions of one node, and no lock may be held during a database call.
 */
@NullMarked
package chat.weir.moderation;

import org.jspecify.annotations.NullMarked;
