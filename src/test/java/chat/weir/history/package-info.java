/** Tests of {@link chat.weir.history}. */
@NullMarked
package chat.weir.history;

import org.jspecify.annotations.NullMarked;
