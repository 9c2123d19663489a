/** Tests of {@link chat.weir.history.sql}. */
@NullMarked
package chat.weir.history.sql;

import org.jspecify.annotations.NullMarked;
