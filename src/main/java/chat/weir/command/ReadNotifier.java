package chat.weir.command;

import chat.weir.account.LoginRegistry;
import chat.weir.account.ReadPosition;
import chat.weir.account.ReadPositions;
import chat.weir.channel.Member;
import chat.weir.connection.Connection;
import chat.weir.protocol.ServerEnvelope;
import java.util.List;

/**
 * Notifies the other connections of an account of its read position, and in a private chat those of the other account,
 * unless it blocks the reader.
 *
 * <p>Threading: safe.
 */
public record ReadNotifier(LoginRegistry<Connection> logins) implements ReadPositions.Listener {
    @Override
    public void moved(ReadPosition position, ReadPositions.Reader reader) {
        ServerEnvelope.Read read = new ServerEnvelope.Read(position.id(), reader.name());
        for (Connection connection : logins.sockets(position.account())) {
            if (!connection.equals(reader.socket())) {
                tell(connection, position, read);
            }
        }
        position.channel()
                .partner(position.account())
                .ifPresent(partner -> logins.sockets(partner).stream()
                        .filter(connection -> !connection
                                .memberships()
                                .blocked()
                                .all()
                                .contains(reader.name().key()))
                        .forEach(connection -> tell(connection, position, read)));
    }

    private static void tell(Connection connection, ReadPosition position, ServerEnvelope read) {
        List<Member> members = connection.memberships().all();
        members.stream()
                .filter(member -> member.channel().id().equals(position.channel()))
                .forEach(member -> member.channel().reply(member, read));
    }
}
