/**
 * Moderation: who may do what to whom, who is kept out or silent, and what was done by whom; and whom people block
 * for themselves.
 *
 * <p>{@link chat.weir.moderation.Moderation} is the entry point. A moderation action waits for the database; the
 * questions that network threads ask (what role has he, is he banned, is he muted) are answered from memory and never
 * wait. {@link chat.weir.moderation.ModerationPolicy} says who may.
 *
 * <p>Memory follows the database by the audit: each moderation action is one transaction that writes what holds from
 * then on and one line of the audit, and the lines are numbered one after the other on all nodes. Each node takes them
 * over in that order, its own and those of others, and reads for each what holds now of the one it concerns. So memory
 * can be late, and never wrong for longer than until the next {@link chat.weir.moderation.Moderation#refresh}. A lock
 * held during the transaction would order the moderation actions of one node only, and holding locks over the database
 * is not done here.
 */
@NullMarked
package chat.weir.moderation;

import org.jspecify.annotations.NullMarked;
