/**
 * Threads that serve every client: what becomes of a failure in them. Every other package may use this one, and it knows
 * none of them.
 */
@NullMarked
package chat.weir.supervision;

import org.jspecify.annotations.NullMarked;
