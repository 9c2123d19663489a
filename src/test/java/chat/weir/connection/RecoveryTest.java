package chat.weir.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.weir.connection.ConnectionFixture.TestWire;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong while a client's wire is held, it is released, and once. */
class RecoveryTest {
    private final StubMessageLog log = new StubMessageLog();

    private static void assertReleasedOnce(TestWire wire) {
        assertEquals(
                1,
                wire.taken.stream().filter(text -> text.contains("recovered")).count());
        assertTrue(wire.taken.get(0).contains("\"recovered\":\"false\""));
    }

    @Test
    void releasesTheWireWhenTheLogFails() {
        try (ConnectionFixture fixture = new ConnectionFixture(log)) {
            TestWire wire = new TestWire();
            Recovery.begin(fixture.environment(), fixture.connect(wire), 1);
            assertTrue(wire.isHeld);
            log.mayAnswer.countDown();
            await().until(() -> !wire.taken.isEmpty());
            assertReleasedOnce(wire);
        }
    }

    @Test
    void releasesTheWireOfAClientThatIsSentAwayWhileTheLogHangs() throws InterruptedException {
        try (ConnectionFixture fixture = new ConnectionFixture(log)) {
            TestWire wire = new TestWire();
            Connection connection = fixture.connect(wire);
            Recovery.begin(fixture.environment(), connection, 1);
            log.asked.await();
            connection.close(4504, "banned");
            connection.leaveAll();
            await().until(() -> wire.taken.size() == 2);
            assertReleasedOnce(wire);
            log.mayAnswer.countDown();
        }
    }

    @Test
    void releasesTheWireOfAClientThatIsGoneBeforeTheLogIsAsked() {
        log.mayAnswer.countDown();
        try (ConnectionFixture fixture = new ConnectionFixture(log)) {
            TestWire wire = new TestWire();
            Connection connection = fixture.connect(wire);
            connection.leaveAll();
            Recovery.begin(fixture.environment(), connection, 1);
            await().until(() -> !wire.taken.isEmpty());
            assertReleasedOnce(wire);
        }
    }
}
