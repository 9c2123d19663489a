/** Tests of {@link chat.weir.http.web}. */
@NullMarked
package chat.weir.http.web;

import org.jspecify.annotations.NullMarked;
