/**
 * Threads that serve all clients, the handling of failures in them, and their progress for the watchdog. Every other
 * package may use this one; it depends on none.
 */
@NullMarked
package chat.weir.supervision;

import org.jspecify.annotations.NullMarked;
