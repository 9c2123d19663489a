/**
 * All settings: names, defaults, valid values, and how they are read from the environment and {@code .env}. Only
 * {@link chat.weir.Main} and the startup code use this package; they pass values on to the others.
 */
@NullMarked
package chat.weir.settings;

import org.jspecify.annotations.NullMarked;
