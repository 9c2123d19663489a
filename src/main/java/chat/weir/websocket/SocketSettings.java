package chat.weir.websocket;

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
 * @param maxHeldBytes that may wait in memory for all clients together, and as much again of what they sent in part
 */
public record SocketSettings(
        List<String> allowedOrigins,
        List<AddressRange> trustedProxies,
        int maxConnections,
        int maxPerAddress,
        int maxFrameBytes,
        int maxQueuedBytes,
        long maxHeldBytes,
        Duration handshakeTimeout,
        LongSupplier nanoTime) {

    SocketRules rules(ReadPass pass) {
        return new SocketRules(
                new Admission(
                        new ConnectionLimits(maxConnections, maxPerAddress),
                        new Origins(allowedOrigins),
                        new TrustedProxies(trustedProxies)),
                new Deadlines(nanoTime, ClientSocket::deadlinePassed),
                new Deadlines(nanoTime, ClientSocket::messageOverdue),
                new MemoryBudget(maxHeldBytes),
                new MemoryBudget(maxHeldBytes),
                new SelectorPass(pass),
                maxFrameBytes,
                maxQueuedBytes,
                handshakeTimeout);
    }
}
