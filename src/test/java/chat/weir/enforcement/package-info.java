/** Tests of {@link chat.weir.enforcement}. */
@NullMarked
package chat.weir.enforcement;

import org.jspecify.annotations.NullMarked;
