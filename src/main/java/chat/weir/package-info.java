/**
 * Weir, a chat server for raw WebSocket. {@link chat.weir.Main} reads the settings; {@link chat.weir.WeirServer}
 * creates, starts, drains and stops the parts. A message's path: {@link chat.weir.websocket},
 * {@link chat.weir.command}, {@link chat.weir.channel}, {@link chat.weir.history}, {@link chat.weir.channel},
 * {@link chat.weir.channel.broadcast}, {@link chat.weir.websocket}.
 *
 * <p>Locks are acquired only in this order: connection, socket, identity, memberships, channel registry (one id),
 * channel, message log; the private chats after the channel registry. A connection's own lock is never acquired while
 * holding another lock. All other locks are leaves: under them only the memory budget's is acquired or, for HTTP
 * connections, that of the idle connections. No lock is held while frames are delivered, except the outbox's own, the
 * connection's if a reply must precede the next heartbeat, and the socket's while it is closed.
 */
@NullMarked
package chat.weir;

import org.jspecify.annotations.NullMarked;
