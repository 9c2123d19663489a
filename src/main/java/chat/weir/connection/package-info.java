/**
 * The state of one client: its identity, its memberships, its limits, its heartbeats and its pending commands.
 *
 * <p>The {@link chat.weir.connection.ConnectionFactory} opens a {@link chat.weir.connection.Connection}, the commands
 * change it, and the {@link chat.weir.connection.HeartbeatScheduler} checks that the client is alive. The socket behind
 * it is only a {@link chat.weir.connection.ClientTransport}.
 */
@NullMarked
package chat.weir.connection;

import org.jspecify.annotations.NullMarked;
