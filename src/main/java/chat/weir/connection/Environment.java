package chat.weir.connection;

import chat.weir.channel.ChannelRegistry;
import chat.weir.enforcement.SanctionTargets;
import chat.weir.history.MessageLog;
import chat.weir.metrics.Metrics;
import chat.weir.moderation.BlockTable;
import chat.weir.moderation.Moderation;
import chat.weir.protocol.JsonCodec;
import chat.weir.worker.WorkerPools;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a connection needs of the server around it.
 *
 * @param moderation records moderation actions and answers whether one is in force
 * @param accessControl holds people to them
 * @param targets resolves names to the targets of moderation actions
 * @param recentSenders who has spoken lately
 * @param blocks whom accounts want to hear nothing from
 * @param parkingRoom how many bytes of envelopes may still wait for those before them, of all clients together
 * @param metrics counts envelopes and errors
 */
public record Environment(
        ConnectionConfig config,
        ChannelRegistry channels,
        MessageLog log,
        LoginServices loginServices,
        Moderation moderation,
        AccessControl accessControl,
        SanctionTargets targets,
        RecentSenders recentSenders,
        BlockTable blocks,
        WorkerPools workerPools,
        AtomicLong parkingRoom,
        JsonCodec codec,
        Metrics metrics) {

    /** Those that are logged in to an account. */
    List<Connection> connectionsOf(long account) {
        return loginServices.open().sockets(account).stream()
                .filter(Connection.class::isInstance)
                .map(Connection.class::cast)
                .toList();
    }
}
