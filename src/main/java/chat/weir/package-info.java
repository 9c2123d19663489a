/**
 * Weir, a chat server that speaks raw WebSocket: {@link chat.weir.Main} reads the settings,
 * {@link chat.weir.WeirServer} builds the parts, starts, drains and stops them.
 *
 * <p>Locks are taken in this order and in no other: connection, then identity, then channel, then the message log; the
 * map of channels, then channel; identity, channel or that map, then the private chats. A connection's own lock is
 * never requested while another lock is held. An outbox, a connection's pending commands, a slot of the heartbeats, the
 * login registry, the login rate limiter, the audit sync and a socket's channel adapter have locks of their own, under
 * which no other is taken but the memory budget's. No lock is held while frames are delivered, save the outbox's own,
 * and the connection's where an answer has to come ahead of the next heartbeat.
 */
@NullMarked
package chat.weir;

import org.jspecify.annotations.NullMarked;
