package chat.weir.http;

import chat.weir.account.Account;
import chat.weir.account.Accounts;
import chat.weir.moderation.Party;
import chat.weir.moderation.Scope;
import chat.weir.moderation.Subject;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.UserName;
import java.util.Optional;

/** Those who take measures and those whom they concern, as moderation wants to know them. */
record Parties(Accounts accounts, ChannelAccess channels) {

    /** @throws Problem 400 if it is no name */
    static UserName name(String typed) {
        return UserName.parse(typed)
                .orElseThrow(() -> Problem.badRequest(
                        ErrorReason.INVALID_NAME, "user is no name: 1 to 32 letters, digits, marks, _ - or ."));
    }

    static Party of(Account account) {
        return new Party(new Subject.OfAccount(account.id(), account.name()), account.role() == Account.Role.ADMIN);
    }

    /** Who has been found before; of an account that has been deleted since, no more than that. */
    Party of(Subject subject) {
        return subject instanceof Subject.OfAccount known
                ? accounts.find(known.id()).map(Parties::of).orElseGet(() -> new Party(subject, false))
                : new Party(subject, false);
    }

    /**
     * The guest who goes by a name in a channel, also if it has been registered since he took it; else its account; else
     * whatever guest goes by it, or may come to. Everywhere the account comes first, since there any guest might be
     * found.
     */
    Party named(UserName name, Scope where) {
        Optional<Party> guest = channels.guest(where, name).map(subject -> new Party(subject, false));
        if (guest.isPresent() && where instanceof Scope.InChannel) {
            return guest.get();
        }
        return accounts.find(name)
                .map(Parties::of)
                .or(() -> guest)
                .orElseGet(() -> new Party(new Subject.OfGuest(name, null), false));
    }
}
