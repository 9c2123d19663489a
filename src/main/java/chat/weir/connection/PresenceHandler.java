package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.protocol.ClientEnvelope.DoneTyping;
import chat.weir.protocol.ClientEnvelope.Typing;
import chat.weir.protocol.ClientEnvelope.Users;

/**
 * Handles requests for the list of users, and typing notifications.
 *
 * <p>Threading: safe.
 */
final class PresenceHandler {
    private final Environment environment;

    PresenceHandler(Environment environment) {
        this.environment = environment;
    }

    void users(Connection connection, Users asked) {
        Member member = connection.places().in(asked.channel());
        member.channel().roster().sendUsers(member, asked.ref());
    }

    void typing(Connection connection, Typing typing) {
        Author author = connection.identity().author();
        Member member = connection.places().in(typing.channel());
        environment.accessControl().refuseMuted(member.channel().id(), author, connection.transport());
        member.channel().roster().typing(member, author.name());
        CommandDispatcher.done(connection, typing);
    }

    void doneTyping(Connection connection, DoneTyping done) {
        Author author = connection.identity().author();
        Member member = connection.places().in(done.channel());
        member.channel().roster().doneTyping(author.name());
        CommandDispatcher.done(connection, done);
    }
}
