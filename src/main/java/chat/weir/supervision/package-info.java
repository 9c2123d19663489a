/**
 * Threads that serve all clients, and the handling of failures in them. Every other package may use this one; it
 * depends on none.
 */
@NullMarked
package chat.weir.supervision;

import org.jspecify.annotations.NullMarked;
