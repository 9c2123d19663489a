/**
 * Shared resources and their limits: thread pools for database queries and password hashing, each with a fair queue,
 * rate limiters, and memory budgets. Used by every package whose requests must not block a network thread.
 */
@NullMarked
package chat.weir.worker;

import org.jspecify.annotations.NullMarked;
