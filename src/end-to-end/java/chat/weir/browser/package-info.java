/** The web client in a real Chromium, against the jar. */
@NullMarked
package chat.weir.browser;

import org.jspecify.annotations.NullMarked;
