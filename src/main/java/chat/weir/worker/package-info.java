/**
 * Shared resources and their limits: worker pools with fair queues, background tasks, rate limiters
 * and memory budgets.
 *
 * <p>Not on a message's path, except for the limits. Commands whose work would block a network thread run on
 * {@link chat.weir.worker.WorkerPools}.
 */
@NullMarked
package chat.weir.worker;

import org.jspecify.annotations.NullMarked;
