/** What the removal of old messages costs the messages that arrive meanwhile: a database full of old ones, and a client. */
@NullMarked
package chat.weir.bench.retention;

import org.jspecify.annotations.NullMarked;
