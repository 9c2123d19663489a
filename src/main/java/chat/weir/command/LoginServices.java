package chat.weir.command;

import chat.weir.account.Accounts;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSessions;
import chat.weir.connection.Connection;

/** What it takes to log a connection in. The first two wait for the database. */
public record LoginServices(Accounts accounts, LoginSessions sessions, LoginRegistry<Connection> logins) {}
