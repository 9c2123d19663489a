/** Real proxies with the documented configurations, in front of the jar. */
@NullMarked
package chat.weir.proxy;

import org.jspecify.annotations.NullMarked;
