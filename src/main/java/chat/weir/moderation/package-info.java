/**
 * What people may not do to each other: whom somebody wants to hear nothing from. Kept in the database; the
 * connections ask here, and see to it that it holds.
 */
@NullMarked
package chat.weir.moderation;

import org.jspecify.annotations.NullMarked;
