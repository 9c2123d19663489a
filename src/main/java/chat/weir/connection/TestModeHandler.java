package chat.weir.connection;

import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.ClientEnvelope.SetTestMode;
import chat.weir.protocol.ErrorReason;

/**
 * Resets a connection to how it was when it was opened, so that the tests of a client can share one. Only on a server
 * that is set to it.
 *
 * <p>Threading: safe.
 */
final class TestModeHandler {
    private final Environment environment;

    TestModeHandler(Environment environment) {
        this.environment = environment;
    }

    void set(Connection connection, SetTestMode asked) {
        if (!environment.config().testMode()) {
            throw new ChatException(
                    ErrorReason.NOT_TEST_MODE, "this server has no test mode: it is started with TEST_MODE=true");
        }
        connection.setTestMode(asked.value());
        CommandDispatcher.done(connection, asked);
    }

    void reset(Connection connection, ResetSocket asked) {
        if (!connection.isInTestMode()) {
            throw new ChatException(
                    ErrorReason.NOT_TEST_MODE,
                    "only in test mode: send {\"type\":\"setTestMode\",\"value\":true} first");
        }
        connection.betweenTicks(() -> {
            connection.identity().reset();
            connection.rateLimits().reset(environment.config().nanoTime().getAsLong());
            CommandDispatcher.done(connection, asked);
        });
        environment.accessControl().sendAwayIfBanned(connection);
    }
}
