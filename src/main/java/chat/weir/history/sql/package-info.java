/**
 * The message log in a database.
 *
 * <p>On a message's path, {@link chat.weir.history.sql.SqlMessageLog} queues the message, and the log's thread commits
 * what waits in one transaction ({@link chat.weir.history.sql.GroupCommitLoop}). A message is published only after its
 * commit.
 */
@NullMarked
package chat.weir.history.sql;

import org.jspecify.annotations.NullMarked;
