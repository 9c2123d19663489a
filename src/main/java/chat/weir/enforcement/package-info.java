/**
 * Enforces bans and mutes in the channels: {@link chat.weir.enforcement.AccessControl} checks clients that join, send
 * or take a name, {@link chat.weir.enforcement.SanctionEnforcer} disconnects those that are kicked or banned, and
 * {@link chat.weir.enforcement.SanctionTargets} resolves names to the targets of moderation actions.
 *
 * <p>Shared by the WebSocket and the HTTP API. On a message's path, {@code command} asks here whether the sender is
 * muted; the answer comes from memory.
 */
@NullMarked
package chat.weir.enforcement;

import org.jspecify.annotations.NullMarked;
