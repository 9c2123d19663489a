/** Tests of {@link chat.weir.account}. */
@NullMarked
package chat.weir.account;

import org.jspecify.annotations.NullMarked;
