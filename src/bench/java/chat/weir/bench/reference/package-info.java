/**
 * The reference servers that Weir is compared with: a simple server on Java-WebSocket ({@link
 * chat.weir.bench.reference.PlainServer}), and two bare loops that show the cost of the kernel alone, one with a write
 * per member and message ({@link chat.weir.bench.reference.NaiveFloor}), one with a write per member and selector cycle
 * ({@link chat.weir.bench.reference.GatheredFloor}). A fourth server, {@link chat.weir.bench.reference.ListingServer},
 * runs on the floors' loop and sends the users to all members at every change. The floors have no JSON, names or
 * heartbeats: they only move the bytes that a chat server has to move.
 */
@NullMarked
package chat.weir.bench.reference;

import org.jspecify.annotations.NullMarked;
