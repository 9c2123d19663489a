package chat.weir.channel.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.weir.protocol.frame.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
    private static final int RESERVED = 100;

    private final Client alice = new Client();
    private final Client bob = new Client();
    private final Membership aliceHere = new Membership(alice, false);
    private final Membership bobHere = new Membership(bob, true);
    private final Batch batch = new Batch();
    private final BatchWriter batchWriter = new BatchWriter();

    /** Records each write as the texts of its frames. */
    private static final class Client implements FrameReceiver {
        private final List<String> writes = new ArrayList<>();
        private int reserved;
        private boolean fails;

        @Override
        public void deliver(ByteBuffer frames) {
            byte[] bytes = new byte[frames.remaining()];
            frames.get(bytes);
            take(bytes);
        }

        @Override
        public void deliver(Frame frame) {
            byte[] bytes = new byte[frame.length()];
            frame.putInto(bytes, 0);
            take(bytes);
        }

        private void take(byte[] bytes) {
            if (fails) {
                throw new IllegalStateException("this client fails");
            }
            writes.add(new String(bytes, UTF_8).replaceAll("[^a-z ]", ""));
        }

        @Override
        public boolean reserve(int bytes) {
            reserved += bytes;
            return true;
        }

        @Override
        public void unreserve(int bytes) {
            reserved -= bytes;
        }
    }

    private record Membership(FrameReceiver receiver, boolean isJoined) implements Recipient {}

    private static Frame frame(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return Frame.text(utf8, 0, utf8.length);
    }

    private void toAll(String text) {
        batch.own().append(frame(text));
        batch.tagged().append(frame(text + " here"));
    }

    private void to(Membership membership, Frame frame) {
        membership.receiver().reserve(RESERVED);
        batch.append(membership, frame, RESERVED);
    }

    private void deliver() {
        batchWriter.deliver(batch, new Recipient[] {aliceHere, bobHere});
    }

    @Test
    void writesEachMembersEncodingAtOnce() {
        toAll("a");
        toAll("b");
        deliver();
        assertEquals(List.of("ab"), alice.writes);
        assertEquals(List.of("a hereb here"), bob.writes);
    }

    @Test
    void insertsAReplyAtItsPosition() {
        toAll("a");
        to(aliceHere, frame("reply"));
        toAll("b");
        deliver();
        assertEquals(List.of("areplyb"), alice.writes);
        assertEquals(List.of("a hereb here"), bob.writes);
    }

    @Test
    void skipsFramesForOtherMembers() {
        toAll("a");
        batch.startFor(bobHere);
        toAll("b");
        batch.skipLast(aliceHere, frame("b").length());
        toAll("c");
        deliver();
        assertEquals(List.of("ac"), alice.writes);
        assertEquals(List.of("b herec here"), bob.writes);
    }

    @Test
    void deliversACloseFrameByItselfAndNothingAfterIt() {
        toAll("a");
        to(aliceHere, Frame.close(1000, "bye"));
        toAll("b");
        to(aliceHere, frame("reply"));
        deliver();
        assertEquals(List.of("a", "bye"), alice.writes);
        assertEquals(0, alice.reserved);
    }

    @Test
    void deliversRepliesToAClientThatHasLeft() {
        toAll("a");
        to(bobHere, frame("left"));
        batchWriter.deliver(batch, new Recipient[] {aliceHere});
        assertEquals(List.of("a"), alice.writes);
        assertEquals(List.of("left"), bob.writes);
    }

    @Test
    void deliversRepliesOfAnEarlierMembershipFirst() {
        Membership again = new Membership(bob, true);
        Membership before = new Membership(bob, false);
        to(before, frame("left"));
        toAll("a");
        batch.startFor(again);
        toAll("b");
        batchWriter.deliver(batch, new Recipient[] {again});
        assertEquals(List.of("left", "b here"), bob.writes);
    }

    @Test
    void isolatesAFailingClient() {
        toAll("a");
        to(aliceHere, frame("reply"));
        to(bobHere, frame("reply"));
        alice.fails = true;
        deliver();
        assertEquals(List.of("a herereply"), bob.writes);
        assertEquals(0, alice.reserved);
        assertEquals(0, bob.reserved);
    }

    @Test
    void writesABatchLargerThanItsBuffers() {
        String longText = "x".repeat(40_000);
        toAll(longText);
        toAll(longText);
        to(aliceHere, frame("reply"));
        deliver();
        assertEquals(List.of(longText + longText + "reply"), alice.writes);
        batch.clear();
        toAll("a");
        deliver();
        assertEquals("a", alice.writes.get(1));
    }
}
