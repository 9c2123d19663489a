/**
 * All settings: names, defaults, valid values, and how they are read from the environment and {@code .env}. Only
 * {@link chat.weir} uses this package; it passes the values on to the others when the server starts.
 */
@NullMarked
package chat.weir.settings;

import org.jspecify.annotations.NullMarked;
