package chat.weir.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.command.ConnectionFixture;
import chat.weir.command.StubMessageLog;
import chat.weir.command.TestTransport;
import chat.weir.protocol.frame.CloseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A held transport is released exactly once, whatever fails meanwhile. */
class RecoveryTest {
    private final StubMessageLog log = new StubMessageLog();
    private final ConnectionFixture room = new ConnectionFixture(log);
    private final TestTransport transport = new TestTransport();

    @AfterEach
    void close() {
        log.mayAnswer.countDown();
        room.close();
    }

    private Connection connect(String target) {
        return room.connectionFactory.open(transport, target).orElseThrow();
    }

    private void assertReleasedOnce() {
        assertEquals(
                1,
                transport.taken.stream()
                        .filter(text -> text.contains("recovered"))
                        .count());
        assertTrue(transport.taken.get(0).contains("\"recovered\":\"false\""));
    }

    @Test
    void releasesTheTransportWhenTheLogFails() {
        connect("/fishing?since=1");
        assertTrue(transport.isPaused);
        log.mayAnswer.countDown();
        await().until(() -> !transport.taken.isEmpty());
        assertReleasedOnce();
    }

    @Test
    void releasesTheTransportOfAClientThatIsDisconnectedWhileTheLogHangs() throws InterruptedException {
        Connection connection = connect("/fishing?since=1");
        log.asked.await();
        connection.close(CloseCode.BANNED, "banned");
        connection.leaveAll();
        await().until(() -> transport.taken.size() == 2);
        assertReleasedOnce();
    }

    @Test
    void releasesTheTransportOfAClientThatHasLeftBeforeTheRecoveryIsKnown() {
        Connection connection = connect("/fishing");
        transport.taken.clear();
        connection.leaveAll();
        Recovery recovery =
                new Recovery(room.missedMessages, connection.memberships().own(), transport, 1);
        recovery.pause();
        connection.recoverBy(recovery);
        recovery.begin();
        assertReleasedOnce();
    }
}
