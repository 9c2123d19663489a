/** Tests of {@link chat.weir.channel.broadcast}. */
@NullMarked
package chat.weir.channel.broadcast;

import org.jspecify.annotations.NullMarked;
