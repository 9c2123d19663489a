/**
 * Threads for work that waits: a pool for database queries and one for password hashing, each with a fair queue, and the
 * rate limiters that protect them. Used by every package whose requests must not block a network thread.
 */
@NullMarked
package chat.weir.worker;

import org.jspecify.annotations.NullMarked;
