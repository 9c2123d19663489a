package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.Join;
import chat.weir.protocol.ClientEnvelope.Leave;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ServerEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Handles joining channels besides the URL's, and leaving them.
 *
 * <p>Threading: safe.
 */
final class MembershipHandler {
    private final Environment environment;

    MembershipHandler(Environment environment) {
        this.environment = environment;
    }

    /**
     * Runs on a worker pool: a guest may have got their name before it was registered, and must not take it into
     * another channel.
     */
    void join(Connection connection, Join join) {
        Author author = connection.identity().authorOrNull();
        if (author != null
                && author.account() == Author.GUEST
                && environment.loginServices().accounts().isRegistered(author.name())) {
            throw new ChatException(
                    ErrorReason.NAME_REGISTERED, "your name has been registered: log in, or take another one");
        }
        welcome(connection, connection.places().join(join.channel()), join.ref());
    }

    void welcome(Connection connection, Member member, @Nullable String ref) {
        connection
                .places()
                .welcome(member, new ServerEnvelope.Connection(member.channel().id(), null, ref));
    }

    void leave(Connection connection, Leave leave) {
        connection.places().leave(leave);
    }
}
