/**
 * Every setting there is: its name, its default, what is allowed, and how it is read from the environment and
 * {@code .env}. Only {@link chat.weir.Main} and what it starts import this; values are passed on from there.
 */
@NullMarked
package chat.weir.settings;

import org.jspecify.annotations.NullMarked;
