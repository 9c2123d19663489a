package chat.weir.enforcement;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.moderation.Actor;
import chat.weir.moderation.Moderation;
import chat.weir.moderation.SanctionType;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Resolves names to the people whom a moderation action concerns, for the socket and the HTTP API alike.
 *
 * <p>Its methods wait for the database.
 *
 * <p>Threading: safe.
 */
public record SanctionTargets(Accounts accounts, Moderation moderation, PeopleFinder people) {

    /** An account as moderation knows it. */
    public static Actor of(Account account) {
        return new Actor(new Subject.OfAccount(account.id(), account.name()), account.role() == Account.Role.ADMIN);
    }

    /** Who has been found before; of an account that has been deleted since, no more than that. */
    private Actor of(Subject subject) {
        return subject instanceof Subject.OfAccount known
                ? accounts.find(known.id()).map(SanctionTargets::of).orElseGet(() -> new Actor(subject, false))
                : new Actor(subject, false);
    }

    /**
     * Who is meant by a name. In a channel: who goes by it there, also a guest whose name has been registered since; else
     * who spoke there under it lately; else its account; else whatever guest comes to use it. Everywhere the account comes
     * first, since there any guest might be found.
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

    /** A moderation action against a deleted account would reach nobody, for all that its owner could do as a guest. */
    private boolean isDeleted(Subject subject) {
        return subject instanceof Subject.OfAccount known
                && accounts.find(known.id()).isEmpty();
    }

    /** The account of a name, whoever goes by it. */
    public Optional<Actor> account(UserName name) {
        return accounts.find(name).map(SanctionTargets::of);
    }

    /**
     * Everybody who has to be freed so that nothing of a kind holds for a name: those on whom it was put, who may have
     * been deleted or registered since, and the guest who goes by the name now, for whose address it may hold.
     */
    public List<Actor> held(SanctionType type, UserName name, Scope where) {
        List<Actor> meant = new ArrayList<>();
        moderation.subjects(type, where, name).forEach(subject -> meant.add(of(subject)));
        Actor now = named(name, where);
        if (meant.isEmpty() || now.subject() instanceof Subject.OfGuest) {
            meant.add(now);
        }
        return meant;
    }
}
