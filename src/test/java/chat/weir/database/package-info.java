/** Tests of {@link chat.weir.database}. */
@NullMarked
package chat.weir.database;

import org.jspecify.annotations.NullMarked;
