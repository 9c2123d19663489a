package chat.weir.connection;

import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.ClientEnvelope.SetTestMode;
import chat.weir.protocol.ErrorReason;
import chat.weir.protocol.ErrorReply;

/**
 * Bringing a connection back to how it was when it was opened, so that the tests of a client can share one. Only on a
 * server that is set to it.
 *
 * <p>Threading: safe.
 */
final class TestMode {
    private final Environment environment;

    TestMode(Environment environment) {
        this.environment = environment;
    }

    void set(Connection connection, SetTestMode asked) {
        if (!environment.rules().testMode()) {
            throw new ErrorReply(
                    ErrorReason.NOT_TEST_MODE, "this server has no test mode: it is started with TEST_MODE=true");
        }
        connection.setTestMode(asked.value());
        Envelopes.done(connection, asked);
    }

    void reset(Connection connection, ResetSocket asked) {
        if (!connection.isInTestMode()) {
            throw new ErrorReply(
                    ErrorReason.NOT_TEST_MODE,
                    "only in test mode: send {\"type\":\"setTestMode\",\"value\":true} first");
        }
        connection.betweenBeats(() -> {
            connection.standing().reset();
            connection.guard().reset(environment.rules().nanoTime().getAsLong());
            Envelopes.done(connection, asked);
        });
        environment.doorkeeper().sendAwayIfBanned(connection);
    }
}
