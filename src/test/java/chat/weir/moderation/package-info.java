/** Tests of {@link chat.weir.moderation}. */
@NullMarked
package chat.weir.moderation;

import org.jspecify.annotations.NullMarked;
