/** Tests of {@link chat.weir.worker}. */
@NullMarked
package chat.weir.worker;

import org.jspecify.annotations.NullMarked;
