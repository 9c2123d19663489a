/**
 * Enforces bans and mutes in the channels: checks clients that join, send or take a name, disconnects those that are
 * kicked or banned, and resolves names to the targets of moderation actions. Shared by the socket and the HTTP API.
 */
@NullMarked
package chat.weir.enforcement;

import org.jspecify.annotations.NullMarked;
