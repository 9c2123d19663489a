package chat.weir.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.testing.TestClient;
import chat.weir.testing.TestServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transcripts in the protocol document: the server sends exactly these envelopes, in this order. */
class TranscriptTest {
    private static final String PATH = "/fishing?heartbeat=pong";

    private static final Pattern WSCAT = Pattern.compile("\\$ npx wscat -c \"ws://localhost:8080(\\S+)\"");

    private final TestServer server = TestServer.start();
    private final List<String> blocks = Document.named("protocol.md").blocks();

    private final DocumentedValues values = new DocumentedValues();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readmeShowsItsFirstPart() {
        assertEquals(blocks.get(0), Document.read(Document.README).blocks().get(0));
    }

    @Test
    void matchesTheServer() {
        Participant alice = new Participant();
        alice.reads(blocks.get(0)).playUntil("bob joined");
        Participant bob = new Participant();
        bob.reads(blocks.get(1)).playUntil("< {\"type\":\"message\"");
        alice.playUntil("a pike");
        bob.playUntil("nothing more");
        alice.playUntil("nothing more");

        alice.reads(blocks.get(2));
        bob.client.sendText("{\"type\":\"typing\"}");
        alice.playUntil("nothing more", 2);
        bob.client.sendText("{\"type\":\"typing\"}");
        alice.playUntil("nothing more", 1);
        bob.client.say("and another");
        alice.playUntil("nothing more");
        assertEquals("and another", bob.client.expect("message").get("text").asString());

        alice.reads(blocks.get(3)).playUntil("by the old mill");
        String chat = bob.client.expect("private").get("channel").asString();
        bob.client.sendText("{\"type\":\"message\",\"text\":\"by the old mill\",\"channel\":\"" + chat + "\"}");
        alice.playUntil("nothing more");

        Participant carol = new Participant(server.connectAs("carol", PATH));
        carol.reads(blocks.get(4)).playUntil("nothing more");
    }

    @Test
    void changesMatchTheServer() {
        Participant alice = new Participant(server.connectAs("alice", PATH));
        Participant bob = new Participant(server.connectAs("bob", PATH));
        alice.client.say("anything biting?");
        values.put("1795280344245847", alice.client.expect("message").get("id").asString());
        bob.client.say("a pike, this long");
        String pike = alice.client.expect("message").get("id").asString();
        values.put("1795280346439863", pike);
        bob.client.send("{'type':'edit','id':" + pike + ",'text':'a pike, as long as my arm'}");
        alice.reads(blocks.get(5)).playUntil("nothing more");

        List<String> lines = blocks.get(6).lines().toList();
        Matcher wscat = WSCAT.matcher(lines.get(0));
        assertTrue(wscat.matches(), lines.get(0));
        Participant back = new Participant(server.open(values.actual(wscat.group(1))));
        back.reads(blocks.get(6)).playUntil("nothing more");
        back.client.expectNothing();
    }

    /** A client that replays its lines of the transcript. */
    private final class Participant {
        private final TestClient client;
        private final Deque<String> lines = new ArrayDeque<>();

        Participant() {
            this(server.open(PATH).receivingPresence());
        }

        Participant(TestClient client) {
            this.client = client;
        }

        Participant reads(String transcript) {
            assertEquals(List.of(), List.copyOf(lines));
            transcript.lines().filter(line -> !line.startsWith("$ ")).forEach(lines::add);
            return this;
        }

        /** Replays up to the first line that contains a text. */
        void playUntil(String text) {
            playUntil(text, Integer.MAX_VALUE);
        }

        void playUntil(String text, int atMost) {
            for (int i = 0; i < atMost && !lines.isEmpty() && !lines.peek().contains(text); i++) {
                String line = lines.remove();
                String envelope = line.substring(2);
                if (line.startsWith("> ")) {
                    client.sendText(values.actual(envelope));
                } else {
                    expect(envelope);
                }
            }
        }

        private void expect(String documented) {
            server.advance(timeUntil(documented));
            values.assertSame(documented, client.next().toString(), documented);
        }

        /** Advances the time first, for envelopes that the server sends later. */
        private Duration timeUntil(String documented) {
            if (documented.contains("\"authenticated\":\"true\"")) {
                return Duration.ofSeconds(6);
            }
            if (documented.contains("\"doneTyping\"")) {
                return Duration.ofSeconds(5);
            }
            return documented.contains("\"users\",") ? Duration.ofSeconds(1) : Duration.ZERO;
        }
    }
}
