package chat.weir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A client of an account that sends messages, edits and deletes its own, and reacts to all, as fast as the server replies.
 * When it has lost the connection, it comes back with {@code since}, and sends what was not acknowledged again, with the
 * same refs.
 *
 * <p>It sends no second request about the same text or reaction before the reply to the first one, so that the expected
 * state of each message follows from the acknowledged requests.
 *
 * <p>Threading: talks on a thread of its own until that ends; otherwise confined to the test's thread.
 */
public final class ResendingClient {
    private static final int UNANSWERED = 16;
    private static final List<String> EMOJIS = List.of("\uD83D\uDC4D", "\u2764\uFE0F", "\uD83D\uDE00");

    private final String path;
    private final String name;
    private final String token;
    private final Random random;
    private ShownMessages shown = new ShownMessages();

    /** By ref, in the order in which they were sent. */
    private final Map<String, Request> unanswered = new LinkedHashMap<>();

    private final Set<String> unansweredTargets = new HashSet<>();

    /** The own messages that are acknowledged and not deleted: the number of edits by id. */
    private final TreeMap<Long, Integer> versions = new TreeMap<>();

    private final Map<Long, Integer> numberOfId = new TreeMap<>();
    private final Set<Long> deleted = new HashSet<>();

    /** The acknowledged reactions and reactions taken back, by target. */
    private final Map<String, Request> reactions = new HashMap<>();

    private int sent;
    private final AtomicInteger acknowledged = new AtomicInteger();

    /** Whether the network is down for this client: what it is sent from now on does not arrive. */
    private volatile boolean cutOff;

    private volatile Throwable failure;
    private TestClient client;
    private Thread thread;

    /** @param path of a channel in which nothing has been said */
    public ResendingClient(String path, String name, String token, long seed) {
        this.path = path;
        this.name = name;
        this.token = token;
        this.random = new Random(seed);
    }

    /**
     * A request that is sent until it is answered.
     *
     * @param target what no other request may be about meanwhile
     * @param id the message; 0 for a new one
     * @param number of a new message, or the version of an edit
     */
    private record Request(String type, String target, long id, int number, String content) {
        String json(String ref) {
            String fields = switch (type) {
                case "message" -> "'text':'" + content + "'";
                case "edit" -> "'id':" + id + ",'text':'" + content + "'";
                case "delete" -> "'id':" + id;
                default -> "'id':" + id + ",'emoji':'" + content + "'";
            };
            return "{'type':'" + type + "'," + fields + ",'ref':'" + ref + "'}";
        }
    }

    /** Connects, and receives what it has missed; nothing is published meanwhile. */
    public void connect(int port) {
        close();
        boolean isBack = shown.lastSeq() > 0;
        client = TestClient.open(port, path + "?heartbeat=pong" + (isBack ? "&since=" + shown.lastSeq() : ""));
        JsonNode greeting = client.expect("connection");
        if (greeting.path("recovered").asString("").equals("false")) {
            // It has missed too much.
            shown = ShownMessages.ofHistory(port, path);
        }
        assertEquals(isBack, greeting.has("recovered"), greeting::toString);
        cutOff = false;
        client.send("{'type':'auth','token':'" + token + "','ref':'auth'}");
        assertEquals(200, awaitReply("auth").get("code").asInt());
    }

    private JsonNode awaitReply(String ref) {
        JsonNode envelope = client.next();
        while (!envelope.path("ref").asString("").equals(ref)) {
            take(envelope);
            envelope = client.next();
        }
        return envelope;
    }

    /** Starts to talk, until the connection ends. */
    public void talk() {
        thread = new Thread(() -> {
            try {
                talkWhileConnected();
            } catch (UncheckedIOException e) {
                // The server was killed.
            } catch (Throwable e) {
                failure = e;
            }
        });
        thread.start();
    }

    private void talkWhileConnected() {
        while (!cutOff) {
            while (unanswered.size() < UNANSWERED) {
                Request request = choose();
                if (unansweredTargets.add(request.target())) {
                    String ref = "r" + sent++;
                    unanswered.put(ref, request);
                    client.send(request.json(ref));
                }
            }
            take(client.next());
        }
    }

    private Request choose() {
        int choice = random.nextInt(10);
        long own = choose(versions.keySet());
        if (choice < 2 && own != 0) {
            int version = versions.getOrDefault(own, 0) + 1;
            String text = ShownMessages.versioned(name + " " + numberOfId.get(own), version);
            return new Request("edit", "text of " + own, own, version, text);
        }
        if (choice == 2 && own != 0 && random.nextInt(3) == 0) {
            return new Request("delete", "text of " + own, own, 0, "");
        }
        long any = choose(shown.existing());
        if (choice < 6 && any != 0) {
            String emoji = EMOJIS.get(random.nextInt(EMOJIS.size()));
            String target = emoji + " of " + any;
            Request before = reactions.get(target);
            boolean isAdded = before == null || before.type().equals("unreact");
            return new Request(isAdded ? "react" : "unreact", target, any, 0, emoji);
        }
        String text = ShownMessages.versioned(name + " " + sent, 0);
        return new Request("message", "message " + sent, 0, sent, text);
    }

    /** One of the latest ids; 0 if there is none. */
    private long choose(Iterable<Long> ids) {
        List<Long> all = new ArrayList<>();
        ids.forEach(all::add);
        return all.isEmpty() ? 0 : all.get(Math.max(0, all.size() - 1 - random.nextInt(30)));
    }

    private void take(JsonNode envelope) {
        JsonNode ref = envelope.get("ref");
        if (ref == null) {
            shown.receive(envelope);
        } else {
            Request request = unanswered.remove(ref.asString());
            assertTrue(request != null, () -> envelope + " answers no request");
            unansweredTargets.remove(request.target());
            record(request, envelope);
            acknowledged.incrementAndGet();
        }
    }

    private void record(Request request, JsonNode reply) {
        if (reply.get("type").asString().equals("error")) {
            // Its author has deleted the message, or it was deleted before this request was sent again.
            assertEquals(404, reply.get("code").asInt(), () -> request + ": " + reply);
            assertFalse(request.type().equals("edit"), () -> request + ": " + reply);
            assertFalse(request.type().equals("message"), () -> request + ": " + reply);
        }
        switch (request.type()) {
            case "message" -> {
                long id = reply.get("id").asLong();
                versions.put(id, 0);
                numberOfId.put(id, request.number());
            }
            case "edit" -> versions.put(request.id(), request.number());
            case "delete" -> {
                versions.remove(request.id());
                deleted.add(request.id());
            }
            default -> reactions.put(request.target(), request);
        }
    }

    /** Receives nothing more, although what it has sent reaches the server. */
    public void cutOff() {
        cutOff = true;
    }

    /** The number of requests that were answered. */
    public int acknowledged() {
        return acknowledged.get();
    }

    /** Waits for the end of the connection. */
    public void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError(name + ": " + failure.getMessage(), failure);
        }
    }

    /** Sends what was not answered again, and waits for the replies. */
    public void resend() {
        unanswered.forEach((ref, request) -> client.send(request.json(ref)));
        while (!unanswered.isEmpty()) {
            take(client.next());
        }
    }

    /** Receives everything that was published before this, and disconnects. */
    public void disconnect() {
        client.send("{'type':'users','ref':'last'}");
        JsonNode unused = awaitReply("last");
        close();
    }

    private void close() {
        if (client != null) {
            client.close();
        }
    }

    /** How many messages of the channel this client has received twice, with different ids. */
    public int doubled() {
        return shown.doubled();
    }

    /** Checks that nothing acknowledged is lost, and that this client has seen the same as is stored. */
    public void assertMatches(ShownMessages stored) {
        versions.forEach((id, version) ->
                assertEquals(ShownMessages.versioned(name + " " + numberOfId.get(id), version), stored.text(id)));
        deleted.forEach(id -> assertEquals("none", stored.text(id), () -> id + " is deleted"));
        reactions.values().stream()
                .filter(request -> !stored.text(request.id()).equals("none"))
                .forEach(request -> assertEquals(
                        request.type().equals("react"),
                        stored.hasReacted(request.id(), request.content(), name),
                        () -> name + ": " + request));
        int before = -1;
        for (Integer number : numberOfId.values()) {
            assertTrue(number > before, () -> name + " sent message " + number + " earlier");
            before = number;
        }
        shown.assertEqualTo(stored, name + " sees what is stored");
    }
}
