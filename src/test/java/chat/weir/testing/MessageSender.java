package chat.weir.testing;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A client that sends messages as fast as the server replies, and records which ones were acknowledged with which id.
 * Needs a server without a message rate limit.
 *
 * <p>Threading: safe; sends and reads on two threads of its own.
 */
public final class MessageSender implements AutoCloseable {
    private static final int UNANSWERED = 64;

    private final TestClient client;
    private final String name;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> textOfRef = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final Semaphore unanswered = new Semaphore(UNANSWERED);
    private final Thread sendingThread = new Thread(this::sendMessages);
    private final Thread receivingThread = new Thread(this::receiveReplies);
    private volatile boolean stopped;

    /** Whether the last request was answered; replies to messages that are still being stored may follow. */
    private volatile boolean hasLastReply;

    private MessageSender(TestClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Connects with a unique name and starts sending; each text consists of the name and a number. */
    public static MessageSender start(int port, String path, String name) {
        TestClient client = TestClient.open(port, path + "?heartbeat=pong");
        client.expect("connection");
        client.send("{'type':'identity','user':'" + name + "'}");
        awaitField(client, "success", "true");
        awaitField(client, "authenticated", "true");
        MessageSender sender = new MessageSender(client, name);
        sender.sendingThread.start();
        sender.receivingThread.start();
        return sender;
    }

    /** Other clients may already be sending. */
    private static void awaitField(TestClient client, String field, String value) {
        JsonNode envelope = client.next();
        while (!envelope.path(field).asString("").equals(value)) {
            if (envelope.path("type").asString("").equals("error")) {
                throw new AssertionError(envelope.toString());
            }
            envelope = client.next();
        }
    }

    private void sendMessages() {
        try {
            for (int i = 0; !stopped; i++) {
                if (unanswered.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    String text = name + " " + i;
                    textOfRef.put("r" + i, text);
                    client.sendText("{\"type\":\"message\",\"text\":\"" + text + "\",\"ref\":\"r" + i + "\"}");
                } else {
                    i--;
                }
            }
        } catch (UncheckedIOException e) {
            stopped = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receiveReplies() {
        try {
            while (!(hasLastReply && textOfRef.isEmpty())) {
                take(client.next());
            }
        } catch (UncheckedIOException | AssertionError e) {
            // The connection is closed; messages without a reply are not acknowledged.
            stopped = true;
        }
    }

    private void take(JsonNode envelope) {
        String type = envelope.get("type").asString();
        hasLastReply |= envelope.path("ref").asString("").equals("the last");
        if (type.equals("ack")) {
            acknowledged.put(
                    textOfRef.remove(envelope.get("ref").asString()),
                    envelope.get("id").asLong());
            unanswered.release();
        } else if (type.equals("error")) {
            if (envelope.get("code").asInt() != 503) {
                throw new AssertionError(envelope.toString());
            }
            refused.incrementAndGet();
            textOfRef.remove(envelope.get("ref").asString());
            unanswered.release();
        }
    }

    public String name() {
        return name;
    }

    /** The ids of the acknowledged messages, by text. */
    public Map<String, Long> acknowledged() {
        return acknowledged;
    }

    /** The number of messages with a 503. */
    public int refused() {
        return refused.get();
    }

    /** Stops sending, and waits for all replies. */
    public void finish() {
        stopped = true;
        join(sendingThread);
        client.send("{'type':'heartbeat','ref':'the last'}");
        join();
        if (!textOfRef.isEmpty()) {
            throw new AssertionError(name + " got no answer to " + textOfRef);
        }
    }

    /** Waits for the end of the connection. */
    public void join() {
        join(sendingThread);
        join(receivingThread);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        client.close();
        join();
    }
}
