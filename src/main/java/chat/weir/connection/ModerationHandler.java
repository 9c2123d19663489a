package chat.weir.connection;

import chat.weir.account.Account;
import chat.weir.channel.Member;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.moderation.Actor;
import chat.weir.moderation.AuditEntry;
import chat.weir.moderation.ModerationAction;
import chat.weir.moderation.Reason;
import chat.weir.moderation.Role;
import chat.weir.moderation.SanctionTerm;
import chat.weir.moderation.SanctionType;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Ban;
import chat.weir.protocol.ClientEnvelope.Kick;
import chat.weir.protocol.ClientEnvelope.Mute;
import chat.weir.protocol.ClientEnvelope.Place;
import chat.weir.protocol.ClientEnvelope.Unban;
import chat.weir.protocol.ClientEnvelope.Unmute;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Handles moderation commands. That it is allowed, written down and carried out is the job of the package
 * {@code moderation}, which calls {@link SanctionEnforcer}.
 *
 * <p>Threading: safe. All of them wait for the database and run on a worker pool.
 */
final class ModerationHandler {
    private final Environment environment;

    ModerationHandler(Environment environment) {
        this.environment = environment;
    }

    void kick(Connection connection, Kick kick) {
        Case asked = new Case(connection, ModerationAction.KICK, new Place.InChannel(kick.channel()), kick.user());
        Actor target = asked.target();
        asked.refuse(asked.by, ModerationAction.KICK, target);
        List<Member> present =
                asked.here.channel().roster().find(target.subject().name());
        if (present.isEmpty()) {
            throw new ChatException(ErrorReason.NO_SUCH_USER, target.subject().name() + " is not here");
        }
        AuditEntry unused = environment.moderation().kick(asked.by, target, asked.scope, new Reason(kick.reason()));
        // Nothing repeats a kick, so it is made sure of here: they may have taken another name meanwhile.
        present.forEach(ModerationHandler::sendAway);
        CommandDispatcher.done(connection, kick);
    }

    private static void sendAway(Member member) {
        if (member.owner() instanceof Connection connection
                && connection.places().isIn(member)) {
            connection.sendAway(member.channel(), CloseCode.KICKED, "you were kicked");
        }
    }

    void mute(Connection connection, Mute mute) {
        Case asked = new Case(connection, ModerationAction.MUTE, new Place.InChannel(mute.channel()), mute.user());
        AuditEntry unused = environment
                .moderation()
                .put(SanctionType.MUTE, asked.by, asked.target(), asked.scope, term(mute.seconds(), mute.reason()));
        CommandDispatcher.done(connection, mute);
    }

    void unmute(Connection connection, Unmute unmute) {
        Case asked =
                new Case(connection, ModerationAction.UNMUTE, new Place.InChannel(unmute.channel()), unmute.user());
        lift(SanctionType.MUTE, asked, unmute.reason());
        CommandDispatcher.done(connection, unmute);
    }

    void ban(Connection connection, Ban ban) {
        Case asked = new Case(connection, ModerationAction.BAN, ban.place(), ban.user());
        AuditEntry unused = environment
                .moderation()
                .put(SanctionType.BAN, asked.by, asked.target(), asked.scope, term(ban.seconds(), ban.reason()));
        CommandDispatcher.done(connection, ban);
    }

    void unban(Connection connection, Unban unban) {
        Case asked = new Case(connection, ModerationAction.UNBAN, unban.place(), unban.user());
        lift(SanctionType.BAN, asked, unban.reason());
        CommandDispatcher.done(connection, unban);
    }

    private void lift(SanctionType type, Case asked, String reason) {
        List<AuditEntry> unused =
                environment.moderation().lift(type, asked.by, asked.held(type), asked.scope, new Reason(reason));
    }

    void role(Connection connection, ClientEnvelope.Role envelope) {
        Case asked =
                new Case(connection, ModerationAction.ROLE, new Place.InChannel(envelope.channel()), envelope.user());
        Role role = Arrays.stream(Role.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(envelope.role()))
                .findFirst()
                .orElseThrow(
                        () -> new ChatException(ErrorReason.INVALID_VALUE, "the role has to be moderator or member"));
        AuditEntry unused = environment
                .moderation()
                .role(
                        asked.by,
                        asked.account().orElseGet(asked::target),
                        asked.here.channel().id(),
                        role);
        CommandDispatcher.done(connection, envelope);
    }

    /**
     * Writes down that a moderator takes back what somebody else has said.
     *
     * @throws ChatException 403 if he is none, or the other is one too
     */
    void permitDeletion(Connection connection, ChannelId channel, StoredMessage message) {
        Author author = message.author();
        Optional<Account> account =
                author.account() > 0 ? environment.loginServices().accounts().find(author.account()) : Optional.empty();
        Actor target = account.map(SanctionTargets::of)
                .orElseGet(() -> new Actor(
                        author.account() > 0
                                ? new Subject.OfAccount(author.account(), author.name())
                                : new Subject.OfGuest(author.name(), null),
                        false));
        Actor by = actor(connection.identity().author());
        if (environment
                .moderation()
                .refusal(by, ModerationAction.DELETE, target, Scope.of(channel))
                .isPresent()) {
            throw new ChatException(
                    ErrorReason.NOT_AUTHOR, "only its author, or a moderator above him, can delete a message");
        }
        AuditEntry unused = environment.moderation().delete(by, target, channel, message.id(), Reason.NONE);
    }

    private static SanctionTerm term(long seconds, String reason) {
        return new SanctionTerm(
                seconds == ClientEnvelope.FOR_GOOD ? null : Duration.ofSeconds(seconds), new Reason(reason));
    }

    /** Who wants something of whom, and where. */
    private final class Case {
        private final Actor by;
        private final Member here;
        private final Scope scope;
        private final UserName name;

        /** @throws ChatException 401, 403 or 404 */
        Case(Connection connection, ModerationAction action, Place place, String user) {
            Author author = connection.identity().author();
            here = connection.places().in(place instanceof Place.InChannel in ? in.channel() : null);
            ChannelId channel = here.channel().id();
            scope = place instanceof Place.Everywhere ? Scope.EVERYWHERE : Scope.of(channel);
            if (channel.isPrivate() && scope instanceof Scope.InChannel) {
                throw new ChatException(ErrorReason.PRIVATE, "a private chat has no moderators: block him, or leave");
            }
            name = UserName.parse(user)
                    .orElseThrow(() -> new ChatException(ErrorReason.NO_SUCH_USER, "that is nobody's name"));
            by = actor(author);
            environment.moderation().refuseActor(by, action, scope);
        }

        Actor target() {
            return environment.targets().named(name, scope);
        }

        /** Whose name it is, whoever is here under it. */
        Optional<Actor> account() {
            return environment.targets().account(name);
        }

        List<Actor> held(SanctionType type) {
            return environment.targets().held(type, name, scope);
        }

        void refuse(Actor by, ModerationAction action, Actor target) {
            environment.moderation().refusal(by, action, target, scope).ifPresent(reply -> {
                throw reply;
            });
        }
    }

    private Actor actor(Author author) {
        if (author.account() == Author.GUEST) {
            return new Actor(new Subject.OfGuest(author.name(), null), false);
        }
        return SanctionTargets.of(environment
                .loginServices()
                .accounts()
                .find(author.account())
                .orElseThrow(() -> new ChatException(ErrorReason.UNAUTHENTICATED, "your account has been deleted")));
    }
}
