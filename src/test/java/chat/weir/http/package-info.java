/** Tests of {@link chat.weir.http}, over real sockets. */
@NullMarked
package chat.weir.http;

import org.jspecify.annotations.NullMarked;
