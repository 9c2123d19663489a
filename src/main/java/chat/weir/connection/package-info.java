/**
 * The state of one client: its identity, its memberships, its rate limits, its heartbeats and its pending commands.
 *
 * <p>A message passes through {@code command}, which reads and changes the {@link chat.weir.connection.Connection} that
 * the {@link chat.weir.connection.ConnectionFactory} has opened. The socket behind it is only a
 * {@link chat.weir.connection.ClientTransport}.
 */
@NullMarked
package chat.weir.connection;

import org.jspecify.annotations.NullMarked;
