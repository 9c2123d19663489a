package chat.weir.http;

import chat.weir.account.Accounts;
import chat.weir.account.OpenLogins;
import chat.weir.account.Sessions;
import chat.weir.history.MessageLog;
import chat.weir.moderation.Audit;
import chat.weir.moderation.Moderation;
import java.util.function.BooleanSupplier;

/**
 * The parts of the server that the API gives access to.
 *
 * @param isReady whether the database answers; may wait, and may throw instead of saying no
 */
public record Served(
        Accounts accounts,
        Sessions sessions,
        OpenLogins logins,
        MessageLog log,
        ChannelAccess channels,
        Moderation moderation,
        Audit audit,
        BooleanSupplier isReady) {}
