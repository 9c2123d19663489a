package chat.weir.websocket.outbox;

import chat.weir.metrics.Counter;
import chat.weir.worker.MemoryBudget;

/**
 * The configuration that all outboxes share.
 *
 * @param maxBytes that may wait for one client
 * @param budget for what waits for all clients together
 * @param sentBytes counts what sockets have taken
 */
public record OutboxConfig(int maxBytes, MemoryBudget budget, Counter sentBytes) {}
