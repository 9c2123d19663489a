/**
 * Weir, a chat server that speaks raw WebSocket: {@link chat.weir.Main} reads the settings, {@link chat.weir.Weir} wires
 * the rooms together, starts, drains and stops.
 *
 * <p>Locks are taken in this order and in no other: connection, then channel; the map of channels, then channel. An
 * outbox, a slot of the heartbeats and a client's channel are locks of their own, under which no other is taken but
 * the memory budget's. No lock is held while frames are delivered, save the outbox's own.
 */
@NullMarked
package chat.weir;

import org.jspecify.annotations.NullMarked;
