/**
 * Threads that serve all clients, the handling of failures in them, and the watchdog that checks their progress. Every
 * other package may use this one; it uses only {@code metrics}.
 */
@NullMarked
package chat.weir.supervision;

import org.jspecify.annotations.NullMarked;
