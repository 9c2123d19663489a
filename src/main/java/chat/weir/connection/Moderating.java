package chat.weir.connection;

import chat.weir.account.Account;
import chat.weir.channel.Member;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.moderation.AuditLine;
import chat.weir.moderation.Kind;
import chat.weir.moderation.Measure;
import chat.weir.moderation.Party;
import chat.weir.moderation.Reason;
import chat.weir.moderation.Role;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.moderation.Term;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Ban;
import chat.weir.protocol.ClientEnvelope.Kick;
import chat.weir.protocol.ClientEnvelope.Mute;
import chat.weir.protocol.ClientEnvelope.Place;
import chat.weir.protocol.ClientEnvelope.Unban;
import chat.weir.protocol.ClientEnvelope.Unmute;
import chat.weir.protocol.CloseCode;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;
import chat.weir.protocol.UserName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What moderators do to others. That it is allowed, written down and carried out is seen to by the room
 * {@code moderation}, which tells {@link Enforcement}.
 *
 * <p>Threading: safe. All of them are errands: they wait for the database.
 */
final class Moderating {
    private final Environment environment;

    Moderating(Environment environment) {
        this.environment = environment;
    }

    void kick(Connection connection, Kick kick) {
        Case asked = new Case(connection, Measure.KICK, new Place.InChannel(kick.channel()), kick.user());
        Party whom = asked.whom();
        asked.refuse(asked.by, Measure.KICK, whom);
        List<Member> present = asked.here.channel().people().find(whom.subject().name());
        if (present.isEmpty()) {
            throw new ErrorReply(ErrorReason.NO_SUCH_USER, whom.subject().name() + " is not here");
        }
        AuditLine unused = environment.moderation().kick(asked.by, whom, asked.scope, new Reason(kick.reason()));
        // Nothing repeats a kick, so it is made sure of here: they may have taken another name meanwhile.
        present.forEach(Moderating::sendAway);
        Envelopes.done(connection, kick);
    }

    private static void sendAway(Member member) {
        if (member.owner() instanceof Connection connection
                && connection.places().isIn(member)) {
            connection.sendAway(member.channel(), CloseCode.KICKED, "you were kicked");
        }
    }

    void mute(Connection connection, Mute mute) {
        Case asked = new Case(connection, Measure.MUTE, new Place.InChannel(mute.channel()), mute.user());
        AuditLine unused = environment
                .moderation()
                .put(Kind.MUTE, asked.by, asked.whom(), asked.scope, term(mute.seconds(), mute.reason()));
        Envelopes.done(connection, mute);
    }

    void unmute(Connection connection, Unmute unmute) {
        Case asked = new Case(connection, Measure.UNMUTE, new Place.InChannel(unmute.channel()), unmute.user());
        List<AuditLine> unused = environment
                .moderation()
                .lift(Kind.MUTE, asked.by, asked.held(Kind.MUTE), asked.scope, new Reason(unmute.reason()));
        Envelopes.done(connection, unmute);
    }

    void ban(Connection connection, Ban ban) {
        Case asked = new Case(connection, Measure.BAN, ban.place(), ban.user());
        AuditLine unused = environment
                .moderation()
                .put(Kind.BAN, asked.by, asked.whom(), asked.scope, term(ban.seconds(), ban.reason()));
        Envelopes.done(connection, ban);
    }

    void unban(Connection connection, Unban unban) {
        Case asked = new Case(connection, Measure.UNBAN, unban.place(), unban.user());
        List<AuditLine> unused = environment
                .moderation()
                .lift(Kind.BAN, asked.by, asked.held(Kind.BAN), asked.scope, new Reason(unban.reason()));
        Envelopes.done(connection, unban);
    }

    void role(Connection connection, ClientEnvelope.Role envelope) {
        Case asked = new Case(connection, Measure.ROLE, new Place.InChannel(envelope.channel()), envelope.user());
        Role role = Arrays.stream(Role.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(envelope.role()))
                .findFirst()
                .orElseThrow(() -> new ErrorReply(ErrorReason.INVALID_VALUE, "the role has to be moderator or member"));
        AuditLine unused = environment
                .moderation()
                .role(
                        asked.by,
                        asked.account().orElseGet(asked::whom),
                        asked.here.channel().id(),
                        role);
        Envelopes.done(connection, envelope);
    }

    /**
     * Writes down that a moderator takes back what somebody else has said.
     *
     * @throws ErrorReply 403 if he is none, or the other is one too
     */
    void permitDeletion(Connection connection, ChannelId channel, StoredMessage message) {
        Author author = message.author();
        Optional<Account> account =
                author.account() > 0 ? environment.logins().accounts().find(author.account()) : Optional.empty();
        Party whom = account.map(SanctionTargets::of)
                .orElseGet(() -> new Party(
                        author.account() > 0
                                ? new Subject.OfAccount(author.account(), author.name())
                                : new Subject.OfGuest(author.name(), null),
                        false));
        Party by = person(connection.standing().author());
        if (environment
                .moderation()
                .refusal(by, Measure.DELETE, whom, Scope.of(channel))
                .isPresent()) {
            throw new ErrorReply(
                    ErrorReason.NOT_AUTHOR, "only its author, or a moderator above him, can delete a message");
        }
        AuditLine unused = environment.moderation().delete(by, whom, channel, message.id(), Reason.NONE);
    }

    private static Term term(long seconds, String reason) {
        return new Term(seconds == ClientEnvelope.FOR_GOOD ? null : Duration.ofSeconds(seconds), new Reason(reason));
    }

    /** Who wants something of whom, and where. */
    private final class Case {
        private final Party by;
        private final Member here;
        private final Scope scope;
        private final UserName name;

        /** @throws ErrorReply 401, 403 or 404 */
        Case(Connection connection, Measure measure, Place place, String user) {
            Author author = connection.standing().author();
            here = connection.places().in(place instanceof Place.InChannel in ? in.channel() : null);
            ChannelId channel = here.channel().id();
            scope = place instanceof Place.Everywhere ? Scope.EVERYWHERE : Scope.of(channel);
            if (channel.isPrivate() && scope instanceof Scope.InChannel) {
                throw new ErrorReply(ErrorReason.PRIVATE, "a private chat has no moderators: block him, or leave");
            }
            name = UserName.parse(user)
                    .orElseThrow(() -> new ErrorReply(ErrorReason.NO_SUCH_USER, "that is nobody's name"));
            by = person(author);
            environment.moderation().refuseActor(by, measure, scope);
        }

        Party whom() {
            return environment.targets().named(name, scope);
        }

        /** Whose name it is, whoever is here under it. */
        Optional<Party> account() {
            return environment.targets().account(name);
        }

        List<Party> held(Kind kind) {
            return environment.targets().held(kind, name, scope);
        }

        void refuse(Party by, Measure measure, Party whom) {
            environment.moderation().refusal(by, measure, whom, scope).ifPresent(reply -> {
                throw reply;
            });
        }
    }

    private Party person(Author author) {
        if (author.account() == Author.GUEST) {
            return new Party(new Subject.OfGuest(author.name(), null), false);
        }
        return SanctionTargets.of(environment
                .logins()
                .accounts()
                .find(author.account())
                .orElseThrow(() -> new ErrorReply(ErrorReason.UNAUTHENTICATED, "your account has been deleted")));
    }
}
