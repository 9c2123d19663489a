package chat.weir.command;

import chat.weir.channel.Member;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.enforcement.AccessControl;
import chat.weir.history.Author;
import chat.weir.protocol.ClientEnvelope.DoneTyping;
import chat.weir.protocol.ClientEnvelope.Typing;
import chat.weir.protocol.ClientEnvelope.Users;

/**
 * Handles requests for the list of users, and typing notifications.
 *
 * <p>Threading: safe.
 */
public final class PresenceHandler implements CommandTable.Group {
    private final AccessControl accessControl;

    public PresenceHandler(AccessControl accessControl) {
        this.accessControl = accessControl;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Users.class, Lane.NONE, PresenceHandler::users, Trait.COSTLY);
        table.put(Typing.class, Lane.NONE, this::typing, Trait.NOTICED);
        table.put(DoneTyping.class, Lane.NONE, PresenceHandler::doneTyping, Trait.NOTICED);
    }

    private static void users(Connection connection, Users asked) {
        Member member = connection.memberships().in(asked.channel());
        member.channel().roster().sendUsers(member, asked.ref());
    }

    private void typing(Connection connection, Typing typing) {
        Author author = connection.identity().author();
        Member member = connection.memberships().in(typing.channel());
        accessControl.requireMaySpeak(member, author);
        member.channel().roster().typing(member, author.name());
        connection.replyDone(typing);
    }

    private static void doneTyping(Connection connection, DoneTyping done) {
        Author author = connection.identity().author();
        Member member = connection.memberships().in(done.channel());
        member.channel().roster().doneTyping(author.name());
        connection.replyDone(done);
    }
}
