package chat.weir.websocket;

import java.time.Duration;

/**
 * What all sockets have in common.
 *
 * @param maxFrameBytes of one message, in one frame or in fragments
 * @param maxQueuedBytes that may wait for one client
 * @param handshakeTimeout from accepting a socket to its upgrade
 */
record SocketRules(
        Admission admission,
        Deadlines deadlines,
        QueueBudget budget,
        ReadPass pass,
        int maxFrameBytes,
        int maxQueuedBytes,
        Duration handshakeTimeout) {}
