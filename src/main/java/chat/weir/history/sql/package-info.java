/**
 * The message log in a database. A single writer thread commits drafts in groups; a message is published only after its
 * commit.
 */
@NullMarked
package chat.weir.history.sql;

import org.jspecify.annotations.NullMarked;
