/** Tests of {@link chat.weir.origin}. */
@NullMarked
package chat.weir.origin;

import org.jspecify.annotations.NullMarked;
