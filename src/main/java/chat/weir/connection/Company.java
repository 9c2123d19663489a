package chat.weir.connection;

import chat.weir.channel.Member;
import chat.weir.history.Author;
import chat.weir.protocol.ClientEnvelope.DoneTyping;
import chat.weir.protocol.ClientEnvelope.Typing;
import chat.weir.protocol.ClientEnvelope.Users;

/**
 * Who else is in a channel, and who is writing there.
 *
 * <p>Threading: safe.
 */
final class Company {
    private final Environment environment;

    Company(Environment environment) {
        this.environment = environment;
    }

    void users(Connection connection, Users asked) {
        Member member = connection.places().in(asked.channel());
        member.channel().people().tellUsers(member, asked.ref());
    }

    void typing(Connection connection, Typing typing) {
        Author author = connection.standing().author();
        Member member = connection.places().in(typing.channel());
        environment.doorkeeper().refuseMuted(member.channel().id(), author, connection.wire());
        member.channel().people().typing(member, author.name());
        Envelopes.done(connection, typing);
    }

    void doneTyping(Connection connection, DoneTyping done) {
        Author author = connection.standing().author();
        Member member = connection.places().in(done.channel());
        member.channel().people().doneTyping(author.name());
        Envelopes.done(connection, done);
    }
}
