package chat.weir.http.api;

import chat.weir.account.Accounts;
import chat.weir.account.BlockTable;
import chat.weir.account.LoginRegistry;
import chat.weir.account.LoginSessions;
import chat.weir.account.ReadPositions;
import chat.weir.enforcement.PeopleFinder;
import chat.weir.history.MessageLog;
import chat.weir.moderation.AuditLog;
import chat.weir.moderation.Moderation;

/**
 * The services that the API uses.
 */
public record ApiServices(
        Accounts accounts,
        LoginSessions sessions,
        LoginRegistry<?> logins,
        BlockTable blocks,
        ReadPositions readPositions,
        MessageLog log,
        ChannelAccess channels,
        PeopleFinder people,
        Moderation moderation,
        AuditLog auditLog) {}
