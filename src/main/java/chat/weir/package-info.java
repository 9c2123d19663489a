/**
 * Weir, a chat server for raw WebSocket. {@link chat.weir.Main} reads the settings; {@link chat.weir.WeirServer}
 * creates, starts, drains and stops the parts.
 *
 * <p>Locks are acquired only in this order: connection, identity, channel, message log; the map of channels, then
 * channel; identity, channel or that map, then the private chats. A connection's own lock is never acquired while
 * holding another lock. An outbox, a connection's pending commands, a heartbeat slot, the login registry, the login
 * rate limiter, the audit sync and a socket's channel adapter have locks of their own, under which only the memory
 * budget's lock is acquired. No lock is held while frames are delivered, except the outbox's own, and the connection's
 * if a reply must precede the next heartbeat.
 */
@NullMarked
package chat.weir;

import org.jspecify.annotations.NullMarked;
