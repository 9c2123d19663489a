/** Tests of {@link chat.weir.protocol.frame}. */
@NullMarked
package chat.weir.protocol.frame;

import org.jspecify.annotations.NullMarked;
