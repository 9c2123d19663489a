/** Tests of {@link chat.weir.http.api}. */
@NullMarked
package chat.weir.http.api;

import org.jspecify.annotations.NullMarked;
