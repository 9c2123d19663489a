package chat.weir.websocket;

import chat.weir.command.SocketListenerFactory;
import chat.weir.metrics.Metrics;
import chat.weir.net.CidrRange;
import chat.weir.net.OriginPolicy;
import chat.weir.net.TrustedProxies;
import chat.weir.websocket.handshake.AdmissionControl;
import chat.weir.websocket.handshake.ConnectionLimits;
import chat.weir.websocket.handshake.IdleConnections;
import chat.weir.worker.MemoryBudget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The settings of sockets.
 *
 * @param allowedOrigins see {@link OriginPolicy}
 * @param maxPerAddress 0: no limit
 * @param maxFrameBytes of one message from a client
 * @param maxQueuedBytes that may wait for one client
 * @param outgoing what waits in memory for all clients together
 * @param incoming what all clients have sent in part, by WebSocket or HTTP
 * @param metrics counts connections and bytes
 * @param freeDescriptors how many more files and sockets the process may open; takes long where many are open
 */
public record SocketConfig(
        List<String> allowedOrigins,
        List<CidrRange> trustedProxies,
        int maxConnections,
        int maxPerAddress,
        int maxFrameBytes,
        int maxQueuedBytes,
        MemoryBudget outgoing,
        MemoryBudget incoming,
        Duration handshakeTimeout,
        LongSupplier nanoTime,
        Metrics metrics,
        LongSupplier freeDescriptors) {

    SocketContext context(SocketListenerFactory listeners, SelectorCycleListener cycles, HttpConnections http) {
        return new SocketContext(
                new AdmissionControl(
                        new ConnectionLimits(maxConnections, maxPerAddress),
                        new OriginPolicy(allowedOrigins),
                        new TrustedProxies(trustedProxies)),
                ConcurrentHashMap.newKeySet(),
                listeners,
                new IdleConnections(),
                new SocketTimeouts(nanoTime, ControlledSocket::deadlinePassed),
                new SocketTimeouts(nanoTime, ControlledSocket::messageOverdue),
                outgoing,
                incoming,
                new SelectorCycle(cycles),
                http,
                metrics,
                maxFrameBytes,
                maxQueuedBytes,
                handshakeTimeout);
    }
}
