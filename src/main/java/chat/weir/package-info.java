/**
 * Weir, a chat server that speaks raw WebSocket: {@link chat.weir.Main} reads the settings, {@link chat.weir.WeirServer} wires
 * the rooms together, starts, drains and stops.
 *
 * <p>Locks are taken in this order and in no other: connection, then standing, then channel, then the message log; the
 * map of channels, then channel; standing, channel or that map, then the private chats. A connection's own lock is asked for by nobody who holds another. An outbox, an inbox, a
 * slot of the heartbeats, the open logins, the limits of tries, the changes of moderation and a client's channel are
 * locks of their own, under which no other is taken but the memory budget's. No lock is held while frames are delivered,
 * save the outbox's own, and the connection's where an answer has to come ahead of the next heartbeat.
 */
@NullMarked
package chat.weir;

import org.jspecify.annotations.NullMarked;
