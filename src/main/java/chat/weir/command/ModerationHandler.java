package chat.weir.command;

import chat.weir.account.Accounts;
import chat.weir.channel.Member;
import chat.weir.command.CommandTable.Lane;
import chat.weir.command.CommandTable.Trait;
import chat.weir.connection.Connection;
import chat.weir.enforcement.DeletionPolicy;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.history.Author;
import chat.weir.history.StoredMessage;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.AuditEntry;
import chat.weir.moderation.model.ModerationAction;
import chat.weir.moderation.model.Reason;
import chat.weir.moderation.model.Role;
import chat.weir.moderation.model.SanctionTerm;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.ChannelId;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope;
import chat.weir.protocol.ClientEnvelope.Ban;
import chat.weir.protocol.ClientEnvelope.Kick;
import chat.weir.protocol.ClientEnvelope.Mute;
import chat.weir.protocol.ClientEnvelope.Unban;
import chat.weir.protocol.ClientEnvelope.Unmute;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.RequestedScope;
import chat.weir.protocol.UserName;
import chat.weir.protocol.frame.CloseCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Handles moderation commands. The package {@code moderation} checks and records them, and calls the
 * {@code SanctionEnforcer} to enforce them.
 *
 * <p>Threading: safe. All of them wait for the database and run on a worker pool.
 */
public final class ModerationHandler implements CommandTable.Group {
    private final Accounts accounts;
    private final Moderation moderation;
    private final SanctionTargets targets;

    public ModerationHandler(Accounts accounts, Moderation moderation, SanctionTargets targets) {
        this.accounts = accounts;
        this.moderation = moderation;
        this.targets = targets;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(Kick.class, Lane.QUERY, this::kick, Trait.NOTICED);
        table.put(Mute.class, Lane.QUERY, this::mute, Trait.NOTICED);
        table.put(Unmute.class, Lane.QUERY, this::unmute, Trait.NOTICED);
        table.put(Ban.class, Lane.QUERY, this::ban, Trait.NOTICED);
        table.put(Unban.class, Lane.QUERY, this::unban, Trait.NOTICED);
        table.put(ClientEnvelope.Role.class, Lane.QUERY, this::role, Trait.NOTICED);
    }

    private void kick(Connection connection, Kick kick) {
        Case asked =
                new Case(connection, ModerationAction.KICK, new RequestedScope.InChannel(kick.channel()), kick.user());
        Actor target = asked.target();
        asked.requireMay(ModerationAction.KICK, target);
        List<Member> present =
                asked.here.channel().roster().find(target.subject().name());
        if (present.isEmpty()) {
            throw new ChatException(ErrorReason.NO_SUCH_USER, target.subject().name() + " is not here");
        }
        AuditEntry unused = moderation.kick(asked.by, target, asked.scope, new Reason(kick.reason()));
        // A kick is not repeated, so disconnect them here too: the members may have taken other names meanwhile.
        present.forEach(member -> member.disconnect(CloseCode.KICKED, "you were kicked"));
        connection.replyDone(kick);
    }

    private void mute(Connection connection, Mute mute) {
        Case asked =
                new Case(connection, ModerationAction.MUTE, new RequestedScope.InChannel(mute.channel()), mute.user());
        AuditEntry unused = moderation.put(
                SanctionType.MUTE, asked.by, asked.target(), asked.scope, term(mute.seconds(), mute.reason()));
        connection.replyDone(mute);
    }

    private void unmute(Connection connection, Unmute unmute) {
        Case asked = new Case(
                connection, ModerationAction.UNMUTE, new RequestedScope.InChannel(unmute.channel()), unmute.user());
        lift(SanctionType.MUTE, asked, unmute.reason());
        connection.replyDone(unmute);
    }

    private void ban(Connection connection, Ban ban) {
        Case asked = new Case(connection, ModerationAction.BAN, ban.scope(), ban.user());
        AuditEntry unused = moderation.put(
                SanctionType.BAN, asked.by, asked.target(), asked.scope, term(ban.seconds(), ban.reason()));
        connection.replyDone(ban);
    }

    private void unban(Connection connection, Unban unban) {
        Case asked = new Case(connection, ModerationAction.UNBAN, unban.scope(), unban.user());
        lift(SanctionType.BAN, asked, unban.reason());
        connection.replyDone(unban);
    }

    private void lift(SanctionType type, Case asked, String reason) {
        List<AuditEntry> unused = moderation.lift(type, asked.by, asked.held(type), asked.scope, new Reason(reason));
    }

    private void role(Connection connection, ClientEnvelope.Role envelope) {
        Case asked = new Case(
                connection, ModerationAction.ROLE, new RequestedScope.InChannel(envelope.channel()), envelope.user());
        Role role = Arrays.stream(Role.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(envelope.role()))
                .findFirst()
                .orElseThrow(
                        () -> new ChatException(ErrorReason.INVALID_VALUE, "the role has to be moderator or member"));
        AuditEntry unused = moderation.role(
                asked.by,
                asked.account().orElseGet(asked::target),
                asked.here.channel().id(),
                role);
        connection.replyDone(envelope);
    }

    /**
     * Records that a moderator deletes a message of another user.
     *
     * @throws ChatException 403 if the client is not a moderator, or not above the author
     */
    void permitDeletion(Connection connection, ChannelId channel, StoredMessage message) {
        new DeletionPolicy(accounts, moderation)
                .permit(actor(connection.identity().author()), channel, message);
    }

    private static SanctionTerm term(long seconds, String reason) {
        return new SanctionTerm(
                seconds == ClientEnvelope.PERMANENT ? null : Duration.ofSeconds(seconds), new Reason(reason));
    }

    /** A moderation command: its actor, target and scope. */
    private final class Case {
        private final Actor by;
        private final Member here;
        private final Scope scope;
        private final UserName name;

        /** @throws ChatException 401, 403 or 404 */
        Case(Connection connection, ModerationAction action, RequestedScope requested, String user) {
            Author author = connection.identity().author();
            here = connection.memberships().in(requested instanceof RequestedScope.InChannel in ? in.channel() : null);
            ChannelId channel = here.channel().id();
            scope = requested instanceof RequestedScope.Everywhere ? Scope.EVERYWHERE : Scope.of(channel);
            if (channel.isPrivate() && scope instanceof Scope.InChannel) {
                throw new ChatException(ErrorReason.PRIVATE, "a private chat has no moderators: block them, or leave");
            }
            name = UserName.parse(user)
                    .orElseThrow(() -> new ChatException(ErrorReason.NO_SUCH_USER, "that is not a valid name"));
            by = actor(author);
            moderation.checkActor(by, action, scope);
        }

        Actor target() {
            return targets.named(name, scope);
        }

        /** The account of the name, whoever is present under it. */
        Optional<Actor> account() {
            return targets.account(name);
        }

        List<Actor> held(SanctionType type) {
            return targets.held(type, name, scope);
        }

        /** @throws ChatException 403 if the actor may not take this action against the target */
        void requireMay(ModerationAction action, Actor target) {
            moderation.refusal(by, action, target, scope).ifPresent(reply -> {
                throw reply;
            });
        }
    }

    private Actor actor(Author author) {
        if (author.account() == Author.GUEST) {
            return new Actor(new Subject.OfGuest(author.name(), null), false);
        }
        return SanctionTargets.of(accounts.find(author.account())
                .orElseThrow(() -> new ChatException(ErrorReason.UNAUTHENTICATED, "your account has been deleted")));
    }
}
