/**
 * Connections: what one client is in the server (its state, its name, its channels), and what each envelope of a client
 * does. Commands that wait for the database run on the {@link chat.weir.connection.WorkerPools}.
 *
 * <p>{@link chat.weir.connection.ConnectionFactory} lets a client in; from then on its
 * {@link chat.weir.connection.Connection} takes its envelopes, and {@link chat.weir.connection.HeartbeatScheduler} its
 * time. The socket behind it is only a {@link chat.weir.connection.ClientTransport}.
 */
@NullMarked
package chat.weir.connection;

import org.jspecify.annotations.NullMarked;
