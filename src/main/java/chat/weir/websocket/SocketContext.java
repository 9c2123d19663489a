package chat.weir.websocket;

import chat.weir.command.SocketListenerFactory;
import chat.weir.metrics.Metrics;
import chat.weir.websocket.handshake.AdmissionControl;
import chat.weir.websocket.handshake.IdleConnections;
import chat.weir.worker.MemoryBudget;
import java.time.Duration;
import java.util.Set;

/**
 * The parts and limits that all sockets share.
 *
 * @param openSockets the sockets of the WebSockets that are open
 * @param listeners creates the listener of each WebSocket
 * @param http takes the connections that ask for no WebSocket
 * @param metrics counts connections and bytes
 * @param maxFrameBytes of one message, in one frame or in fragments
 * @param maxQueuedBytes that may wait for one client
 * @param idle connections that can make room for others
 * @param socketTimeouts for opening, and for closing
 * @param messageDeadlines for the rest of a message that has come in part
 * @param outgoing what waits for clients to take it
 * @param incoming what clients have sent in part
 * @param receiveTimeout from accepting a socket to its upgrade, and from the first byte of a message to its last
 */
record SocketContext(
        AdmissionControl admissionControl,
        Set<ControlledSocket> openSockets,
        SocketListenerFactory listeners,
        IdleConnections idle,
        SocketTimeouts socketTimeouts,
        SocketTimeouts messageDeadlines,
        MemoryBudget outgoing,
        MemoryBudget incoming,
        SelectorCycle selectorCycle,
        HttpConnections http,
        Metrics metrics,
        int maxFrameBytes,
        int maxQueuedBytes,
        Duration receiveTimeout) {}
