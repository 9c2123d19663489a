/**
 * Connections to the database, and its schema. {@link chat.weir.database.Database} opens either engine, SQLite in the
 * process or PostgreSQL. The packages above write SQL that both understand.
 *
 * <p>On a message's path below {@code history.sql}. Every call blocks on a disk or the network, so none belongs on a
 * network thread.
 */
@NullMarked
package chat.weir.database;

import org.jspecify.annotations.NullMarked;
