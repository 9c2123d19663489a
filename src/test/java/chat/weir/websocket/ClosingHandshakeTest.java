package chat.weir.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.protocol.frame.Frame;
import chat.weir.websocket.outbox.Outbox.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingHandshakeTest {
    private static final CloseReason BY_SERVER = CloseReason.by(Frame.close(4003, "not allowed"));

    private final List<String> cuts = new ArrayList<>();
    private long nanos = 1;
    private int expired;
    private boolean isReleased;

    private final ControlledSocket socket = new ControlledSocket() {
        @Override
        public void close(int code, String reason, boolean byClient) {
            throw new AssertionError("is closing already");
        }

        @Override
        public void closeConnection(int code, String reason, boolean byClient) {
            cuts.add(code + " " + reason + (byClient ? " by client" : " by server"));
        }

        @Override
        public void deadlinePassed() {
            expired++;
        }

        @Override
        public void messageOverdue() {
            throw new AssertionError("no deadline for a message");
        }

        @Override
        public boolean isReleased() {
            return isReleased;
        }

        @Override
        public int waitingBytes() {
            return 0;
        }
    };

    private final SocketTimeouts timeouts = new SocketTimeouts(() -> nanos, ControlledSocket::deadlinePassed);
    private final ClosingHandshake closing = new ClosingHandshake(socket, timeouts);

    private void wait(Duration duration) {
        nanos += duration.toNanos();
        timeouts.check();
    }

    @Test
    void reportsTheFirstReason() {
        assertFalse(closing.hasBegun());
        closing.begin(BY_SERVER);
        closing.begin(CloseReason.TOO_SLOW);
        assertTrue(closing.hasBegun());
        assertTrue(closing.expired());
        assertEquals(List.of("4003 not allowed by server"), cuts);
    }

    @Test
    void givesTheClientTwoSecondsToClose() {
        closing.begin(BY_SERVER);
        wait(Duration.ofMillis(1_999));
        assertEquals(0, expired);
        wait(Duration.ofMillis(1));
        assertEquals(1, expired);
    }

    @Test
    void givesASlowClientThirtySeconds() {
        closing.written(Outcome.OVERFLOWED);
        wait(Duration.ofMillis(29_999));
        assertEquals(0, expired);
        wait(Duration.ofMillis(1));
        assertEquals(1, expired);
    }

    @Test
    void keepsNoDeadlineOfASocketThatIsClosedAlready() {
        isReleased = true;
        closing.begin(BY_SERVER);
        wait(Duration.ofMinutes(1));
        assertEquals(0, expired);
    }

    @Test
    void isNotExpiredBeforeItHasBegun() {
        assertFalse(closing.expired());
        assertEquals(List.of(), cuts);
    }

    @Test
    void answersTheClientsCloseFrameAndCutsWhenTheAnswerIsWritten() {
        assertTrue(closing.received(1001, "going"));
        assertEquals(List.of(), cuts);
        closing.written(Outcome.FINISHED);
        assertEquals(List.of("1001 going by client"), cuts);
    }

    @Test
    void cutsWhenTheClientAnswersOurCloseFrame() {
        closing.begin(BY_SERVER);
        closing.written(Outcome.FINISHED);
        assertEquals(List.of(), cuts, "the client has not answered yet");
        assertFalse(closing.received(4003, ""));
        assertEquals(List.of("4003 not allowed by server"), cuts);
    }

    @Test
    void cutsAtTheEndOfTheInput() {
        closing.endOfInput();
        closing.begin(BY_SERVER);
        closing.endOfInput();
        assertEquals(List.of("1006 the client is gone by client", "4003 not allowed by server"), cuts);
    }

    @Test
    void takesABrokenSocketForTheClientsDoing() {
        closing.written(Outcome.DROPPED);
        closing.endOfInput();
        assertEquals(List.of("1006 the socket is broken by client"), cuts);
    }

    @Test
    void doesNothingWhileAllIsWritten() {
        closing.written(Outcome.TAKEN);
        closing.written(Outcome.FINISHED);
        assertFalse(closing.hasBegun());
        assertEquals(List.of(), cuts);
    }
}
