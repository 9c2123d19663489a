package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ClientEnvelope.Join;
import chat.weir.protocol.ClientEnvelope.Leave;
import chat.weir.protocol.ServerEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Entering channels beside the URL's, and leaving them.
 *
 * <p>Threading: safe.
 */
final class Rooms {
    void join(Connection connection, Join join) {
        join(connection, join.channel(), join.ref());
    }

    void join(Connection connection, ChannelId channel, @Nullable String ref) {
        Member member = connection.standing().join(channel);
        connection.reply(new ServerEnvelope.Connection(channel, null, ref));
        member.channel().listen(member);
    }

    void leave(Connection connection, Leave leave) {
        connection.standing().leave(leave.channel());
        connection.reply(new ServerEnvelope.Left(leave.channel(), leave.ref()));
    }
}
