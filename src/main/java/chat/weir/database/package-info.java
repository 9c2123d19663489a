/**
 * The database: connections to it, and its schema. {@link chat.weir.database.Database} opens either engine, SQLite in
 * the process or PostgreSQL; the packages above write their SQL in what both understand.
 *
 * <p>Every call here waits for a disk or a network, so none belongs on a network thread.
 */
@NullMarked
package chat.weir.database;

import org.jspecify.annotations.NullMarked;
