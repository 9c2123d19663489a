package chat.weir.testing;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who talks as fast as he is answered, and writes down which of his messages were acknowledged, and under which
 * id. Needs a server without a limit of messages.
 *
 * <p>Threading: safe; talks and listens on two threads of its own.
 */
public final class Talker implements AutoCloseable {
    private static final int UNANSWERED = 64;

    private final TestClient client;
    private final String name;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> textOfRef = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final Semaphore mayTalk = new Semaphore(UNANSWERED);
    private final Thread talking = new Thread(this::talk);
    private final Thread listening = new Thread(this::listen);
    private volatile boolean silent;

    /** The answer to what was sent last has come; what is still being stored may be answered behind it. */
    private volatile boolean saidAll;

    private Talker(TestClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Comes in under a name of its own and begins to talk; its texts all begin with the name and have a number. */
    public static Talker start(int port, String path, String name) {
        TestClient client = TestClient.open(port, path + "?heartbeat=pong");
        client.expect("connection");
        client.send("{'type':'identity','user':'" + name + "'}");
        awaitSaying(client, "success", "true");
        awaitSaying(client, "authenticated", "true");
        Talker talker = new Talker(client, name);
        talker.talking.start();
        talker.listening.start();
        return talker;
    }

    /** Others may be talking already. */
    private static void awaitSaying(TestClient client, String field, String value) {
        JsonNode envelope = client.next();
        while (!envelope.path(field).asString("").equals(value)) {
            if (envelope.path("type").asString("").equals("error")) {
                throw new AssertionError(envelope.toString());
            }
            envelope = client.next();
        }
    }

    private void talk() {
        try {
            for (int i = 0; !silent; i++) {
                if (mayTalk.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    String text = name + " " + i;
                    textOfRef.put("r" + i, text);
                    client.sendText("{\"type\":\"message\",\"text\":\"" + text + "\",\"ref\":\"r" + i + "\"}");
                } else {
                    i--;
                }
            }
        } catch (UncheckedIOException e) {
            silent = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try {
            while (!(saidAll && textOfRef.isEmpty())) {
                take(client.next());
            }
        } catch (UncheckedIOException | AssertionError e) {
            // The server is gone, or has closed the connection; what it has not answered is not acknowledged.
            silent = true;
        }
    }

    private void take(JsonNode envelope) {
        String type = envelope.get("type").asString();
        saidAll |= envelope.path("ref").asString("").equals("the last");
        if (type.equals("ack")) {
            acknowledged.put(
                    textOfRef.remove(envelope.get("ref").asString()),
                    envelope.get("id").asLong());
            mayTalk.release();
        } else if (type.equals("error")) {
            if (envelope.get("code").asInt() != 503) {
                throw new AssertionError(envelope.toString());
            }
            refused.incrementAndGet();
            textOfRef.remove(envelope.get("ref").asString());
            mayTalk.release();
        }
    }

    public String name() {
        return name;
    }

    /** What was acknowledged, by its text, under which id. */
    public Map<String, Long> acknowledged() {
        return acknowledged;
    }

    /** How many were answered by a 503. */
    public int refused() {
        return refused.get();
    }

    /** Says nothing more, and waits until all that was said is answered. */
    public void finish() {
        silent = true;
        join(talking);
        client.send("{'type':'heartbeat','ref':'the last'}");
        join();
        if (!textOfRef.isEmpty()) {
            throw new AssertionError(name + " got no answer to " + textOfRef);
        }
    }

    /** Waits for the end of the connection. */
    public void join() {
        join(talking);
        join(listening);
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
        silent = true;
        client.close();
        join();
    }
}
