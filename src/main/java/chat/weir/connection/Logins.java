package chat.weir.connection;

import chat.weir.account.Accounts;
import chat.weir.account.OpenLogins;
import chat.weir.account.Sessions;

/** What connections need of accounts. The first two wait for the database; see {@link Errands}. */
public record Logins(Accounts accounts, Sessions sessions, OpenLogins open) {}
