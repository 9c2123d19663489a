/** The README's proxies, real ones, in front of the jar. */
@NullMarked
package chat.weir.proxy;

import org.jspecify.annotations.NullMarked;
