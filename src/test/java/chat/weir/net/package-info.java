/** Tests of {@link chat.weir.origin}. */
@NullMarked
package chat.weir.net;

import org.jspecify.annotations.NullMarked;
