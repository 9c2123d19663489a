/** Tests of {@link chat.weir.command}. */
@NullMarked
package chat.weir.command;

import org.jspecify.annotations.NullMarked;
