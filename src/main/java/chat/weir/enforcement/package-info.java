/**
 * Whom bans and mutes by name concern: one answer for the socket and the HTTP API. Uses accounts and moderation; what
 * happens in channels it is told through {@link chat.weir.enforcement.PeopleFinder}.
 */
@NullMarked
package chat.weir.enforcement;

import org.jspecify.annotations.NullMarked;
