/**
 * The cost of SQLite alone: {@link chat.weir.bench.sqlite.InsertLoad} inserts the rows of the message log through its
 * driver, with no server around it.
 */
@NullMarked
package chat.weir.bench.sqlite;

import org.jspecify.annotations.NullMarked;
