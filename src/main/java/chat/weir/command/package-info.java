/**
 * Commands: what each envelope of a client does. The {@link chat.weir.command.CommandDispatcher} decodes an envelope,
 * checks the limits, runs its handler on the right thread, and turns failures into replies; there is one handler for
 * each group of commands.
 *
 * <p>Second on a message's path: {@code websocket}, then a {@link chat.weir.command.CommandReceiver}, the dispatcher
 * and {@link chat.weir.command.MessageHandler}, then {@link chat.weir.channel}.
 */
@NullMarked
package chat.weir.command;

import org.jspecify.annotations.NullMarked;
