package chat.weir.http;

import chat.weir.account.Accounts;
import chat.weir.account.OpenLogins;
import chat.weir.account.Sessions;
import chat.weir.channel.MemoryBudget;
import chat.weir.enforcement.PeopleFinder;
import chat.weir.history.MessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.moderation.Audit;
import chat.weir.moderation.Moderation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of the server that the API gives access to.
 *
 * @param problem why the server cannot do its work now, nothing if it can; may wait, and may throw instead
 * @param incoming bounds what clients have sent in part, WebSockets included
 */
public record Served(
        Accounts accounts,
        Sessions sessions,
        OpenLogins logins,
        MessageLog log,
        ChannelAccess channels,
        PeopleFinder people,
        Moderation moderation,
        Audit audit,
        Supplier<Optional<String>> problem,
        MemoryBudget incoming,
        Metrics metrics) {}
