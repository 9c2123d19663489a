package chat.weir.enforcement;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.model.Actor;
import chat.weir.moderation.model.SanctionType;
import chat.weir.moderation.model.Scope;
import chat.weir.moderation.model.Subject;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resolves names to the targets of moderation actions, for WebSocket and HTTP.
 *
 * <p>The methods block on the database.
 *
 * <p>Threading: safe.
 */
public record SanctionTargets(Accounts accounts, Moderation moderation, PeopleFinder people) {

    /** The actor for an account. */
    public static Actor of(Account account) {
        return new Actor(new Subject.OfAccount(account.id(), account.name()), account.role() == Account.Role.ADMIN);
    }

    /** The actor for a subject. A deleted account has only its name and id. */
    private Actor of(Subject subject) {
        return subject instanceof Subject.OfAccount known
                ? accounts.find(known.id()).map(SanctionTargets::of).orElseGet(() -> new Actor(subject, false))
                : new Actor(subject, false);
    }

    /**
     * The target that a name refers to. In a channel, the first of: the user who has the name there, even if it was
     * registered by someone else since; a user who sent messages with it recently; the account; any guest who will use
     * it. With scope everywhere, the account comes first, because any guest could have the name somewhere.
     */
    public Actor named(UserName name, Scope where) {
        Optional<Actor> found = people.find(where, name)
                .map(subject -> isDeleted(subject) ? people.findAsGuest(where, name) : subject)
                .map(this::of);
        Optional<Actor> account = account(name);
        Optional<Actor> first = where instanceof Scope.InChannel ? found : account;
        return first.or(() -> found)
                .or(() -> account)
                .orElseGet(() -> new Actor(new Subject.OfGuest(name, null), false));
    }

    /** A deleted account is not a useful target: its former owner can only be a guest. */
    private boolean isDeleted(Subject subject) {
        return subject instanceof Subject.OfAccount known
                && accounts.find(known.id()).isEmpty();
    }

    /** The account with this name, even if another user has the name now. */
    public Optional<Actor> account(UserName name) {
        return accounts.find(name).map(SanctionTargets::of);
    }

    /**
     * All targets whose sanctions must be lifted so that none applies to a name: those on which they were set, which
     * may have been deleted or registered since, and the guest who has the name now, whose address may match.
     */
    public List<Actor> held(SanctionType type, UserName name, Scope where) {
        List<Actor> targets = new ArrayList<>();
        moderation.subjects(type, where, name).forEach(subject -> targets.add(of(subject)));
        Actor now = named(name, where);
        if (targets.isEmpty() || now.subject() instanceof Subject.OfGuest) {
            targets.add(now);
        }
        return targets;
    }
}
