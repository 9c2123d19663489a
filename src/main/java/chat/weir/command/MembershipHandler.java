package chat.weir.command;

import chat.weir.account.Accounts;
import chat.weir.channel.Member;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.connection.JoinRecovery;
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
public final class MembershipHandler implements CommandTable.Group {
    private final Accounts accounts;
    private final JoinRecovery joinRecovery;

    public MembershipHandler(Accounts accounts, JoinRecovery joinRecovery) {
        this.accounts = accounts;
        this.joinRecovery = joinRecovery;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Join.class, Lane.QUERY, this::join, Trait.NOTICED);
        table.put(Leave.class, Lane.NONE, MembershipHandler::leave, Trait.NOTICED);
    }

    /**
     * Runs on a worker pool: a guest may have got their name before it was registered, and must not take it into
     * another channel.
     */
    private void join(Connection connection, Join join) {
        Author author = connection.identity().authorOrNull();
        if (author != null && author.account() == Author.GUEST && accounts.isRegistered(author.name())) {
            throw new ChatException(
                    ErrorReason.NAME_REGISTERED, "your name has been registered: log in, or take another one");
        }
        Member member = connection.identity().join(join.channel());
        if (join.since() == Join.ABSENT) {
            welcome(connection, member, join.ref());
        } else {
            joinRecovery.welcome(connection, member, join.since(), join.ref());
        }
    }

    void welcome(Connection connection, Member member, @Nullable String ref) {
        connection
                .identity()
                .welcome(member, new ServerEnvelope.Connection(member.channel().id(), null, ref));
    }

    private static void leave(Connection connection, Leave leave) {
        connection.memberships().leave(leave);
    }
}
