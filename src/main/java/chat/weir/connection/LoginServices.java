package chat.weir.connection;

import chat.weir.account.Accounts;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSessions;
import chat.weir.worker.WorkerPools;

/** The account services that connections use. The first two wait for the database; see {@link WorkerPools}. */
public record LoginServices(Accounts accounts, LoginSessions sessions, LoginRegistry open) {}
