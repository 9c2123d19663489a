package chat.weir.http;

import chat.weir.account.Accounts;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSessions;
import chat.weir.channel.MemoryBudget;
import chat.weir.enforcement.PeopleFinder;
import chat.weir.history.MessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.moderation.AuditLog;
import chat.weir.moderation.Moderation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services that the API uses.
 *
 * @param problem why the server cannot do its work now, nothing if it can; may wait, and may throw instead
 * @param incoming bounds what clients have sent in part, WebSockets included
 */
public record ApiServices(
        Accounts accounts,
        LoginSessions sessions,
        LoginRegistry logins,
        MessageLog log,
        ChannelAccess channels,
        PeopleFinder people,
        Moderation moderation,
        AuditLog auditLog,
        Supplier<Optional<String>> problem,
        MemoryBudget incoming,
        Metrics metrics) {}
