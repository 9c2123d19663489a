package chat.weir.command;

import chat.weir.command.CommandTable.Lane;
import chat.weir.connection.Connection;
import chat.weir.protocol.ChatException;
import chat.weir.protocol.ClientEnvelope.ResetSocket;
import chat.weir.protocol.ClientEnvelope.SetTestMode;
import chat.weir.protocol.ErrorReason;
import java.util.function.LongSupplier;

/**
 * Resets a connection to its initial state, so that tests of a client can share one connection. Only on servers in test
 * mode.
 *
 * <p>Threading: safe.
 */
public final class TestModeHandler implements CommandTable.Group {
    private final boolean testMode;
    private final LongSupplier nanoTime;

    /** @param testMode whether the server allows it */
    public TestModeHandler(boolean testMode, LongSupplier nanoTime) {
        this.testMode = testMode;
        this.nanoTime = nanoTime;
    }

    @Override
    public void addTo(CommandTable table) {
        table.put(SetTestMode.class, Lane.NONE, this::set);
        table.put(ResetSocket.class, Lane.NONE, this::reset);
    }

    private void set(Connection connection, SetTestMode asked) {
        if (!testMode) {
            throw new ChatException(
                    ErrorReason.NOT_TEST_MODE, "this server has no test mode: it is started with TEST_MODE=true");
        }
        connection.setTestMode(asked.value());
        connection.replyDone(asked);
    }

    private void reset(Connection connection, ResetSocket asked) {
        if (!connection.isInTestMode()) {
            throw new ChatException(
                    ErrorReason.NOT_TEST_MODE,
                    "only in test mode: send {\"type\":\"setTestMode\",\"value\":true} first");
        }
        connection.betweenTicks(() -> {
            connection.identity().reset();
            connection.rateLimits().reset(nanoTime.getAsLong());
            connection.replyDone(asked);
        });
        connection.leaveBanned();
    }
}
