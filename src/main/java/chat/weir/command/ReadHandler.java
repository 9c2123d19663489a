package chat.weir.command;

import chat.weir.account.ReadPosition;
import chat.weir.account.ReadPositions;
import chat.weir.channel.Channel;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.history.Author;
import chat.weir.history.MessageLog;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Read;
import chat.weir.protocol.ErrorReason;

/**
 * Moves the read positions of accounts. A position is any number up to the channel's last one: the id of a message, even
 * of a deleted one, since a client may have read it before, or the number of a change, since a client may send the largest
 * number that it has seen.
 *
 * <p>Threading: safe. It waits for the database and runs on a worker pool.
 */
public final class ReadHandler implements CommandTable.Group {
    private final ReadPositions readPositions;
    private final MessageLog log;

    public ReadHandler(ReadPositions readPositions, MessageLog log) {
        this.readPositions = readPositions;
        this.log = log;
    }

    /** Not limited like envelopes that others notice: they notice at most one a second. */
    @Override
    public void addTo(CommandTable table) {
        table.put(Read.class, Lane.QUERY, this::read, Trait.AFTER_DISCONNECT);
    }

    private void read(Connection connection, Read read) {
        Author author = connection.identity().author();
        if (author.account() == Author.GUEST) {
            throw new ChatException(
                    ErrorReason.ACCOUNT_REQUIRED, "read positions are kept for accounts only: register and log in");
        }
        Channel channel = connection.memberships().in(read.channel()).channel();
        if (channel.id().isEphemeral()) {
            throw new ChatException(
                    ErrorReason.FORBIDDEN, "a private chat with a guest is not stored, and has no read positions");
        }
        // The log is asked only for a channel in which nothing has been published since the server started.
        if (read.id() > channel.lastId() && read.id() > log.lastId(channel.id())) {
            throw new ChatException(
                    ErrorReason.NO_SUCH_MESSAGE, "the channel has no message with this id or a later one");
        }
        readPositions.advance(
                new ReadPosition(author.account(), channel.id(), read.id()),
                new ReadPositions.Reader(author.name(), connection));
        connection.replyDone(read);
    }
}
