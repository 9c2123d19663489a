package chat.weir.websocket;

import chat.weir.channel.MemoryBudget;
import chat.weir.metrics.Metrics;
import chat.weir.origin.AddressRange;
import chat.weir.origin.Origins;
import chat.weir.origin.TrustedProxies;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What an operator can set about sockets.
 *
 * @param allowedOrigins see {@link Origins}
 * @param maxPerAddress 0: no limit
 * @param maxFrameBytes of one message from a client
 * @param maxQueuedBytes that may wait for one client
 * @param outgoing what waits in memory for all clients together
 * @param incoming what all clients have sent in part, by WebSocket or HTTP
 * @param metrics counts connections and bytes
 */
public record SocketSettings(
        List<String> allowedOrigins,
        List<AddressRange> trustedProxies,
        int maxConnections,
        int maxPerAddress,
        int maxFrameBytes,
        int maxQueuedBytes,
        MemoryBudget outgoing,
        MemoryBudget incoming,
        Duration handshakeTimeout,
        LongSupplier nanoTime,
        Metrics metrics) {

    SocketRules rules(ReadPass pass, HttpConnections http) {
        return new SocketRules(
                new Admission(
                        new ConnectionLimits(maxConnections, maxPerAddress),
                        new Origins(allowedOrigins),
                        new TrustedProxies(trustedProxies)),
                new IdleConnections(),
                new Deadlines(nanoTime, ClientSocket::deadlinePassed),
                new Deadlines(nanoTime, ClientSocket::messageOverdue),
                outgoing,
                incoming,
                new SelectorPass(pass),
                http,
                metrics,
                maxFrameBytes,
                maxQueuedBytes,
                handshakeTimeout);
    }
}
