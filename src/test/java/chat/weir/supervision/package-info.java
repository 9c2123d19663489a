/** Tests of {@link chat.weir.supervision}. */
@NullMarked
package chat.weir.supervision;

import org.jspecify.annotations.NullMarked;
