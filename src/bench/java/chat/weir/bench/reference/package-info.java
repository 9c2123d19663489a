/**
 * What Weir is measured against: the server that a competent person writes on Java-WebSocket
 * ({@link chat.weir.bench.reference.PlainServer}), and two bare loops that show what the kernel alone costs, one with a
 * write per member and message ({@link chat.weir.bench.reference.NaiveFloor}), one with a write per member and turn
 * ({@link chat.weir.bench.reference.GatheredFloor}). A fourth, {@link chat.weir.bench.reference.ListingServer}, runs on
 * the floors' loop and tells everybody who is here whenever that changes. The floors know no JSON, no names and no heartbeats; they are no
 * chat servers, they only move the bytes that a chat server has to move.
 */
@NullMarked
package chat.weir.bench.reference;

import org.jspecify.annotations.NullMarked;
