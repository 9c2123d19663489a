/** Tests of {@link chat.weir.moderation.model}. */
@NullMarked
package chat.weir.moderation.model;

import org.jspecify.annotations.NullMarked;
